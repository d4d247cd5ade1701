package dev.chainrule.builtin.digits;

import dev.chainrule.math.Draws;

/**
 * A smooth random field that displaces points, as an unsteady hand does.
 *
 * <p>Source: P. Simard, D. Steinkraus, J. Platt, "Best Practices for Convolutional Neural Networks Applied to Visual
 * Document Analysis", ICDAR 2003, section 2. There random displacements of all pixels are smoothed by a Gaussian; here
 * displacements of a coarse lattice are interpolated by cubic B-splines, which are as smooth, and the line is
 * displaced, not the pixels, so that the pen keeps its thickness.
 */
final class ElasticField {
    /** Cells along each side of the sheet. */
    private static final int CELLS = 3;
    /** A cubic B-spline reaches one node beyond the cell on either side. */
    private static final int NODES = CELLS + 3;

    private final double[] dx = new double[NODES * NODES];
    private final double[] dy = new double[NODES * NODES];
    private final double[] weightX = new double[4];
    private final double[] weightY = new double[4];

    /** Draw a new field, every node's displacement having deviation {@code amount}. */
    void draw(double amount, Draws draws) {
        for (int node = 0; node < dx.length; node++) {
            dx[node] = amount * Bell.draw(draws);
            dy[node] = amount * Bell.draw(draws);
        }
    }

    /**
     * Displace the points of a trace on a sheet of {@code side} × {@code side}; points beyond its edge use the edge's
     * cells.
     */
    void displace(Trace trace, double side) {
        for (int i = 0; i < trace.size; i++) {
            int column = weigh(trace.x[i] / side * CELLS, weightX);
            int row = weigh(trace.y[i] / side * CELLS, weightY);
            double sumX = 0;
            double sumY = 0;
            for (int r = 0; r < 4; r++) {
                for (int c = 0; c < 4; c++) {
                    double weight = weightY[r] * weightX[c];
                    int node = (row + r) * NODES + column + c;
                    sumX += weight * dx[node];
                    sumY += weight * dy[node];
                }
            }
            trace.x[i] += sumX;
            trace.y[i] += sumY;
        }
    }

    /** Compute the four weights of a uniform cubic B-spline and return the first node that they apply to. */
    private static int weigh(double place, double[] weights) {
        double inside = Math.max(0, Math.min(CELLS, place));
        int cell = Math.min(CELLS - 1, (int) inside);
        double t = inside - cell;
        double s = 1 - t;
        weights[0] = s * s * s / 6;
        weights[1] = (4 - 3 * t * t * (2 - t)) / 6;
        weights[2] = (4 - 3 * s * s * (2 - s)) / 6;
        weights[3] = t * t * t / 6;
        return cell;
    }
}
