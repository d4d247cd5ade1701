package dev.chainrule.math.kernel;

import dev.chainrule.math.Patches;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.Window;

/**
 * Maxima and means of patches of images of {@code float}, images shared by threads. Inner loops run over channels.
 *
 * <p>Within a row of positions all patches that are inside the image along the width are one run, with equal distances between them. A
 * patch that is partly outside is a run of its own, whose window is the part inside.
 */
public class FloatPooling implements ThreadTeam.Task {
    /** Below this number of elements one thread computes all, as in {@link FloatElements}. */
    private static final int SHARED_FROM = 32_768;

    /** An operation on a run of positions. */
    interface Operation {
        /**
         * Compute a run.
         *
         * @param at the first channel of the first place of the first position
         * @param pooled the first element of the first position's output
         * @param positions the number of positions
         * @param lines the window rows of each
         * @param blocks the window columns of each
         * @param end the number of images up to the last one of this part
         */
        void compute(FloatPooling pooling, int at, int pooled, int positions, int lines, int blocks, int end);
    }

    private final ThreadTeam team;
    private Operation operation;
    private Patches patches;
    private Window vertical;
    private Window horizontal;
    private int rows;
    /** The number of channels. */
    protected int count;
    /** The numbers from a place in the image to the next position, window row and window column. */
    protected int step;

    protected int down;
    protected int across;
    /** Whether no number is in two windows. */
    protected boolean apart;

    protected float[] x;
    protected float[] out;
    protected float[] g;
    protected float[] dx;

    /** Create the loops of one caller. */
    public FloatPooling(ThreadTeam team) {
        this.team = team;
    }

    /** Set the operands; null for those that an operation does not have. */
    final FloatPooling on(Patches window, float[] images, float[] pooled, float[] gradient, float[] imageGradient) {
        this.patches = window;
        this.vertical = window.vertical();
        this.horizontal = window.horizontal();
        this.count = window.count();
        this.step = horizontal.stride() * window.channels();
        this.down = vertical.dilation() * horizontal.length() * window.channels();
        this.across = horizontal.dilation() * window.channels();
        this.apart = isApart(vertical) && isApart(horizontal);
        this.x = images;
        this.out = pooled;
        this.g = gradient;
        this.dx = imageGradient;
        return this;
    }

    private static boolean isApart(Window window) {
        return window.stride() > (window.size() - 1) * window.dilation();
    }

    /** Run an operation at all positions of all images. */
    final void run(Operation operation, int rows) {
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
    public final void run(int part, int parts) {
        int from = (int) ((long) rows * part / parts);
        int to = (int) ((long) rows * (part + 1) / parts);
        int positions = horizontal.positions();
        int inside = Math.min(positions, horizontal.inside());
        int right = Math.max(inside, horizontal.insideEnd());
        int pooled = from * patches.positions() * count;
        for (int image = from; image < to; image++) {
            for (int row = 0; row < vertical.positions(); row++, pooled += positions * count) {
                for (int column = 0; column < inside; column++) {
                    compute(image, row, column, 1, pooled, to);
                }
                if (inside < right) {
                    compute(image, row, inside, right - inside, pooled, to);
                }
                for (int column = right; column < positions; column++) {
                    compute(image, row, column, 1, pooled, to);
                }
            }
        }
    }

    /** Compute positions that cover the same window columns, which are those of the first. */
    private void compute(int image, int row, int column, int positions, int pooled, int end) {
        int top = vertical.begin(row);
        int left = horizontal.begin(column);
        int pixel = vertical.place(row, top) * horizontal.length() + horizontal.place(column, left);
        operation.compute(
                this,
                image * patches.pixels() + patches.first() + pixel * patches.channels(),
                pooled + column * count,
                positions,
                vertical.end(row) - top,
                horizontal.end(column) - left,
                end);
    }

    /** Return the numbers of images. */
    protected final int imageNumbers(int images) {
        return images * patches.pixels();
    }

    /** Return the numbers of the output of images. */
    protected final int pooledNumbers(int images) {
        return images * patches.positions() * count;
    }

    /** out = the greatest of x. */
    protected void max(int at, int pooled, int positions, int lines, int blocks, int end) {
        float[] from = x;
        float[] to = out;
        for (int p = 0, i = at, o = pooled; p < positions; p++, i += step, o += count) {
            for (int c = 0; c < count; c++) {
                to[o + c] = Float.NEGATIVE_INFINITY;
            }
            for (int a = 0; a < lines; a++) {
                for (int b = 0; b < blocks; b++) {
                    int place = i + a * down + b * across;
                    for (int c = 0; c < count; c++) {
                        to[o + c] = Math.max(to[o + c], from[place + c]);
                    }
                }
            }
        }
    }

    /** dx = dx + g at the first place whose x is out. */
    protected void maxBackward(int at, int pooled, int positions, int lines, int blocks, int end) {
        for (int p = 0, i = at, o = pooled; p < positions; p++, i += step, o += count) {
            for (int c = 0; c < count; c++) {
                int place = firstGreatest(i + c, out[o + c], lines, blocks);
                if (place >= 0) {
                    dx[place] += g[o + c];
                }
            }
        }
    }

    private int firstGreatest(int at, float greatest, int lines, int blocks) {
        for (int a = 0; a < lines; a++) {
            for (int b = 0; b < blocks; b++) {
                int place = at + a * down + b * across;
                if (x[place] == greatest) {
                    return place;
                }
            }
        }
        return -1; // the greatest is NaN
    }

    /** out = the sum of x, divided by the number of places. */
    protected void mean(int at, int pooled, int positions, int lines, int blocks, int end) {
        float[] from = x;
        float[] to = out;
        int places = lines * blocks;
        for (int p = 0, i = at, o = pooled; p < positions; p++, i += step, o += count) {
            for (int c = 0; c < count; c++) {
                to[o + c] = 0;
            }
            for (int a = 0; a < lines; a++) {
                for (int b = 0; b < blocks; b++) {
                    int place = i + a * down + b * across;
                    for (int c = 0; c < count; c++) {
                        to[o + c] += from[place + c];
                    }
                }
            }
            for (int c = 0; c < count; c++) {
                to[o + c] = to[o + c] / places;
            }
        }
    }

    /** dx = dx + g, divided by the number of places, at each of them. */
    protected void meanBackward(int at, int pooled, int positions, int lines, int blocks, int end) {
        float[] from = g;
        float[] to = dx;
        int places = lines * blocks;
        for (int p = 0, i = at, o = pooled; p < positions; p++, i += step, o += count) {
            for (int a = 0; a < lines; a++) {
                for (int b = 0; b < blocks; b++) {
                    int place = i + a * down + b * across;
                    for (int c = 0; c < count; c++) {
                        to[place + c] += from[o + c] / places;
                    }
                }
            }
        }
    }
}
