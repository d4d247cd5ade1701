package dev.chainrule.builtin.digits;

import dev.chainrule.math.Draws;

/**
 * One movement of the pen, given by the points that it passes.
 *
 * <p>The pen moves between two points on a cubic Hermite curve. At a smooth point its tangent is half the way from the
 * point before to the point after (Catmull, Rom, "A Class of Local Interpolating Splines", 1974); at a corner, and at
 * both ends, it is the way to the neighbour, so that a curve between two corners is a straight line.
 */
final class Stroke {
    private static final int STEPS_PER_CURVE = 6;

    private final double[] x;
    private final double[] y;
    private final boolean[] corner;

    private Stroke(double[] x, double[] y, boolean[] corner) {
        this.x = x;
        this.y = y;
        this.corner = corner;
    }

    /** Read {@code 28,24 54,0! 54,100}: points with a {@code !} where the pen turns sharply. */
    static Stroke parse(String text) {
        String[] points = text.split(" ");
        int n = points.length;
        Stroke stroke = new Stroke(new double[n], new double[n], new boolean[n]);
        for (int i = 0; i < n; i++) {
            boolean marked = points[i].endsWith("!");
            String[] place = points[i]
                    .substring(0, points[i].length() - (marked ? 1 : 0))
                    .split(",");
            stroke.x[i] = Integer.parseInt(place[0]);
            stroke.y[i] = Integer.parseInt(place[1]);
            stroke.corner[i] = marked || i == 0 || i == n - 1;
        }
        return stroke;
    }

    /** Return this stroke with every point moved by a bell-shaped draw of deviation {@code amount}. */
    Stroke jitter(double amount, Draws draws) {
        Stroke moved = new Stroke(x.clone(), y.clone(), corner);
        for (int i = 0; i < x.length; i++) {
            moved.x[i] += amount * Bell.draw(draws);
            moved.y[i] += amount * Bell.draw(draws);
        }
        return moved;
    }

    /** Append the pen's path to a trace. */
    void follow(Trace trace) {
        trace.touch(x[0], y[0]);
        for (int i = 0; i + 1 < x.length; i++) {
            for (int step = 1; step <= STEPS_PER_CURVE; step++) {
                double t = (double) step / STEPS_PER_CURVE;
                trace.move(curve(x, i, t), curve(y, i, t));
            }
        }
    }

    /** Evaluate the cubic Hermite curve from point i to point i + 1 in one coordinate. */
    private double curve(double[] p, int i, double t) {
        double chord = p[i + 1] - p[i];
        double leaving = corner[i] ? chord : (p[i + 1] - p[i - 1]) / 2;
        double arriving = corner[i + 1] ? chord : (p[i + 2] - p[i]) / 2;
        double s = 1 - t;
        return s * s * (1 + 2 * t) * p[i] + t * s * s * leaving + t * t * (1 + 2 * s) * p[i + 1] - t * t * s * arriving;
    }
}
