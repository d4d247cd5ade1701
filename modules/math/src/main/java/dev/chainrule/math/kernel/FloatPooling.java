package dev.chainrule.math.kernel;

import dev.chainrule.math.Patches;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.Window;

/** Maxima and means of patches of images of {@code float}, images shared by threads. Inner loops run over channels. */
final class FloatPooling implements ThreadTeam.Task {
    /** Below this number of elements one thread computes all, as in {@link FloatElements}. */
    private static final int SHARED_FROM = 32_768;

    /** An operation at one position of the window. */
    interface Operation {
        /**
         * Compute a position.
         *
         * @param image the first element of the image
         * @param row the position along the height
         * @param column the position along the width
         * @param pooled the first element of the position's output
         */
        void compute(FloatPooling pooling, int image, int row, int column, int pooled);
    }

    private final ThreadTeam team;
    private Operation operation;
    private Patches patches;
    private Window vertical;
    private Window horizontal;
    private int count;
    private int rows;
    private float[] x;
    private float[] out;
    private float[] g;
    private float[] dx;

    /** Create the loops of one caller. */
    FloatPooling(ThreadTeam team) {
        this.team = team;
    }

    /** Set the operands; null for those that an operation does not have. */
    FloatPooling on(Patches window, float[] images, float[] pooled, float[] gradient, float[] imageGradient) {
        this.patches = window;
        this.vertical = window.vertical();
        this.horizontal = window.horizontal();
        this.count = window.count();
        this.x = images;
        this.out = pooled;
        this.g = gradient;
        this.dx = imageGradient;
        return this;
    }

    /** Run an operation at all positions of all images. */
    void run(Operation operation, int rows) {
        this.operation = operation;
        this.rows = rows;
        if (team.threads() > 1 && (long) rows * patches.pixels() >= SHARED_FROM) {
            team.run(this);
        } else {
            run(0, 1);
        }
        this.x = null; // release the arrays
        this.out = null;
        this.g = null;
        this.dx = null;
    }

    @Override
    public void run(int part, int parts) {
        int from = (int) ((long) rows * part / parts);
        int to = (int) ((long) rows * (part + 1) / parts);
        int pooled = from * patches.positions() * count;
        for (int image = from; image < to; image++) {
            int start = image * patches.pixels() + patches.first();
            for (int row = 0; row < vertical.positions(); row++) {
                for (int column = 0; column < horizontal.positions(); column++, pooled += count) {
                    operation.compute(this, start, row, column, pooled);
                }
            }
        }
    }

    /** Return the first channel of a place in the window; −1 if it is outside the image. */
    private int place(int image, int row, int column, int a, int b) {
        if (!vertical.covers(row, a) || !horizontal.covers(column, b)) {
            return -1;
        }
        int pixel = vertical.place(row, a) * horizontal.length() + horizontal.place(column, b);
        return image + pixel * patches.channels();
    }

    /** Return the places in the window that are within the image. */
    private int places(int row, int column) {
        int down = 0;
        for (int a = 0; a < vertical.size(); a++) {
            down += vertical.covers(row, a) ? 1 : 0;
        }
        int across = 0;
        for (int b = 0; b < horizontal.size(); b++) {
            across += horizontal.covers(column, b) ? 1 : 0;
        }
        return down * across;
    }

    /** out = the greatest of x. */
    void max(int image, int row, int column, int pooled) {
        float[] from = x;
        float[] to = out;
        for (int c = 0; c < count; c++) {
            to[pooled + c] = Float.NEGATIVE_INFINITY;
        }
        for (int a = 0; a < vertical.size(); a++) {
            for (int b = 0; b < horizontal.size(); b++) {
                int place = place(image, row, column, a, b);
                for (int c = 0; place >= 0 && c < count; c++) {
                    to[pooled + c] = Math.max(to[pooled + c], from[place + c]);
                }
            }
        }
    }

    /** dx = dx + g at the first place whose x is out. */
    void maxBackward(int image, int row, int column, int pooled) {
        for (int c = 0; c < count; c++) {
            int place = firstGreatest(image, row, column, pooled, c);
            if (place >= 0) {
                dx[place] += g[pooled + c];
            }
        }
    }

    private int firstGreatest(int image, int row, int column, int pooled, int c) {
        for (int a = 0; a < vertical.size(); a++) {
            for (int b = 0; b < horizontal.size(); b++) {
                int place = place(image, row, column, a, b);
                if (place >= 0 && x[place + c] == out[pooled + c]) {
                    return place + c;
                }
            }
        }
        return -1; // the greatest is NaN
    }

    /** out = the sum of x, divided by the number of places. */
    void mean(int image, int row, int column, int pooled) {
        float[] from = x;
        float[] to = out;
        for (int c = 0; c < count; c++) {
            to[pooled + c] = 0;
        }
        for (int a = 0; a < vertical.size(); a++) {
            for (int b = 0; b < horizontal.size(); b++) {
                int place = place(image, row, column, a, b);
                for (int c = 0; place >= 0 && c < count; c++) {
                    to[pooled + c] += from[place + c];
                }
            }
        }
        int places = places(row, column);
        for (int c = 0; c < count; c++) {
            to[pooled + c] = to[pooled + c] / places;
        }
    }

    /** dx = dx + g, divided by the number of places, at each of them. */
    void meanBackward(int image, int row, int column, int pooled) {
        float[] from = g;
        float[] to = dx;
        int places = places(row, column);
        for (int a = 0; a < vertical.size(); a++) {
            for (int b = 0; b < horizontal.size(); b++) {
                int place = place(image, row, column, a, b);
                for (int c = 0; place >= 0 && c < count; c++) {
                    to[place + c] += from[pooled + c] / places;
                }
            }
        }
    }
}
