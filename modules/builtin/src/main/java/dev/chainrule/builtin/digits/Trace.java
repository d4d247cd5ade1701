package dev.chainrule.builtin.digits;

/**
 * The pen's path as short straight pieces.
 *
 * <p>Reused from digit to digit. Each point stores the line's thickness there, and whether the pen was put down at it
 * or was drawn to it.
 */
final class Trace {
    /** More points than the longest glyph needs. */
    private static final int CAPACITY = 256;

    final double[] x = new double[CAPACITY];
    final double[] y = new double[CAPACITY];
    /** Half the line's thickness in pixels. */
    final double[] radius = new double[CAPACITY];
    /** Whether a piece of line leads to this point. */
    final boolean[] drawn = new boolean[CAPACITY];

    int size;

    void clear() {
        size = 0;
    }

    /** Put the pen down. */
    void touch(double px, double py) {
        add(px, py, false);
    }

    /** Draw a straight piece to a point. */
    void move(double px, double py) {
        add(px, py, true);
    }

    private void add(double px, double py, boolean line) {
        x[size] = px;
        y[size] = py;
        drawn[size] = line;
        size++;
    }

    /** Map every point by (x, y) ↦ (xx·x + xy·y, yx·x + yy·y). */
    void transform(double xx, double xy, double yx, double yy) {
        for (int i = 0; i < size; i++) {
            double px = x[i];
            double py = y[i];
            x[i] = xx * px + xy * py;
            y[i] = yx * px + yy * py;
        }
    }

    /** Multiply all coordinates so that the greater side of the trace's box is {@code side}. */
    void fit(double side) {
        double factor = side / Math.max(extent(x), extent(y));
        transform(factor, 0, 0, factor);
    }

    /** Shift the trace so that the mass of its line is centred at a place. */
    void centre(double atX, double atY) {
        double length = 0;
        double momentX = 0;
        double momentY = 0;
        for (int i = 1; i < size; i++) {
            if (drawn[i]) {
                double dx = x[i] - x[i - 1];
                double dy = y[i] - y[i - 1];
                double piece = Math.sqrt(dx * dx + dy * dy);
                length += piece;
                momentX += piece * (x[i] + x[i - 1]) / 2;
                momentY += piece * (y[i] + y[i - 1]) / 2;
            }
        }
        for (int i = 0; i < size; i++) {
            x[i] += atX - momentX / length;
            y[i] += atY - momentY / length;
        }
    }

    private double extent(double[] p) {
        double least = p[0];
        double greatest = p[0];
        for (int i = 1; i < size; i++) {
            least = Math.min(least, p[i]);
            greatest = Math.max(greatest, p[i]);
        }
        return greatest - least;
    }
}
