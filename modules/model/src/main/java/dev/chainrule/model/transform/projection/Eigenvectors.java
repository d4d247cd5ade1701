package dev.chainrule.model.transform.projection;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The eigenvalues of a symmetric matrix, the largest first, with their eigenvectors of length 1.
 *
 * <p>Jacobi's method (G. Golub and C. Van Loan, "Matrix Computations", 4th ed., algorithms 8.5.1 and 8.5.3): rotations make one element
 * above the diagonal 0 after the other, row by row, until none is above the rounding of the diagonal. The order is fixed, and square
 * roots are exact, so the bits are the same everywhere.
 */
final class Eigenvectors {
    /** Convergence is quadratic: even matrices of a thousand rows take about ten. */
    private static final int MOST_SWEEPS = 60;

    private final double[][] a;
    /** By row: the components along an axis of all eigenvectors. */
    private final double[][] v;

    private final int[] order;

    /**
     * Compute them.
     *
     * @param symmetric modified
     */
    Eigenvectors(double[][] symmetric) {
        this.a = symmetric;
        int size = a.length;
        this.v = new double[size][size];
        for (int i = 0; i < size; i++) {
            v[i][i] = 1;
        }
        for (int sweep = 0; sweep < MOST_SWEEPS && sweep(); sweep++) {
            // sweeps until nothing was rotated
        }
        this.order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> -a[i][i]))
                .mapToInt(i -> i)
                .toArray();
    }

    /** Return an eigenvalue, 0 being the largest. */
    double value(int number) {
        return a[order[number]][order[number]];
    }

    /** Return the eigenvector of an eigenvalue. */
    double[] vector(int number) {
        double[] vector = new double[v.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = v[i][order[number]];
        }
        return vector;
    }

    private boolean sweep() {
        boolean rotated = false;
        for (int p = 0; p < a.length; p++) {
            for (int q = p + 1; q < a.length; q++) {
                double least = Math.min(Math.abs(a[p][p]), Math.abs(a[q][q]));
                if (Math.abs(a[p][q]) > Math.ulp(least) / 2 && a[p][q] != 0) {
                    rotate(p, q);
                    rotated = true;
                }
            }
        }
        return rotated;
    }

    private void rotate(int p, int q) {
        double ratio = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double tangent = Math.copySign(1, ratio) / (Math.abs(ratio) + Math.sqrt(1 + ratio * ratio));
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        double sine = tangent * cosine;
        double moved = tangent * a[p][q];
        a[p][p] -= moved;
        a[q][q] += moved;
        a[p][q] = 0;
        a[q][p] = 0;
        for (int i = 0; i < a.length; i++) {
            if (i != p && i != q) {
                double ip = cosine * a[i][p] - sine * a[i][q];
                double iq = sine * a[i][p] + cosine * a[i][q];
                a[i][p] = ip;
                a[p][i] = ip;
                a[i][q] = iq;
                a[q][i] = iq;
            }
            double vp = cosine * v[i][p] - sine * v[i][q];
            v[i][q] = sine * v[i][p] + cosine * v[i][q];
            v[i][p] = vp;
        }
    }
}
