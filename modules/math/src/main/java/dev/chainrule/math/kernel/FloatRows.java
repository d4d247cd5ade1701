package dev.chainrule.math.kernel;

import dev.chainrule.math.ThreadTeam;

/**
 * Operations row by row: of every row of a matrix with one row, and the steps of each row's softmax and normalisation.
 *
 * <p>The former are shared by threads for large matrices: by rows, or, if they sum over the rows, by columns. Their operands are fields,
 * so that a call allocates nothing to pass them to the threads.
 */
public class FloatRows implements ThreadTeam.Task {
    /** Below this number of elements one thread computes all, as in {@link FloatElements}. */
    private static final int SHARED_FROM = 32_768;
    /** Shares of columns begin at multiples of this. */
    private static final int GRAIN = 16;

    /** One operation on a range of rows or columns. */
    interface Operation {
        void compute(FloatRows rows, int from, int to);
    }

    private final ThreadTeam team;
    private Operation operation;
    private int count;
    private int grain;
    /** A matrix. */
    protected float[] x;
    /** Another, or a row. */
    protected float[] y;
    /** A row. */
    protected float[] row;
    /** The result: a matrix, or, of sums over the rows, a row. */
    protected float[] out;
    /** The number of rows of a matrix. */
    protected int rows;
    /** The number of columns of a matrix. */
    protected int columns;

    /** Create the loops of one caller. */
    public FloatRows(ThreadTeam team) {
        this.team = team;
    }

    /** Set the operands; null for those that an operation does not have. */
    final FloatRows on(float[] x, float[] y, float[] row, float[] out, int rows, int columns) {
        this.x = x;
        this.y = y;
        this.row = row;
        this.out = out;
        this.rows = rows;
        this.columns = columns;
        return this;
    }

    /** Run an operation whose ranges are rows. */
    final void byRows(Operation operation) {
        run(operation, rows, 1);
    }

    /** Run an operation whose ranges are columns. */
    final void byColumns(Operation operation) {
        run(operation, columns, GRAIN);
    }

    private void run(Operation operation, int count, int grain) {
        this.operation = operation;
        this.count = count;
        this.grain = grain;
        if (team.threads() > 1 && (long) rows * columns >= SHARED_FROM && count > grain) {
            team.run(this);
        } else {
            operation.compute(this, 0, count);
        }
        on(null, null, null, null, 0, 0); // keep no references between calls
    }

    @Override
    public final void run(int part, int parts) {
        operation.compute(this, share(part, parts), share(part + 1, parts));
    }

    private int share(int part, int parts) {
        return part == parts ? count : (int) ((long) count * part / parts) / grain * grain;
    }

    /** out = x + row. */
    protected void addRow(int from, int to) {
        float[] left = x;
        float[] added = row;
        float[] result = out;
        int n = columns;
        for (int start = from * n; start < to * n; start += n) {
            for (int j = 0; j < n; j++) {
                result[start + j] = left[start + j] + added[j];
            }
        }
    }

    /** out = x·row. */
    protected void multiplyRow(int from, int to) {
        float[] left = x;
        float[] factor = row;
        float[] result = out;
        int n = columns;
        for (int start = from * n; start < to * n; start += n) {
            for (int j = 0; j < n; j++) {
                result[start + j] = left[start + j] * factor[j];
            }
        }
    }

    /** out = fma(x, y, row), y one row. */
    protected void multiplyAddRow(int from, int to) {
        float[] left = x;
        float[] factor = y;
        float[] added = row;
        float[] result = out;
        int n = columns;
        for (int start = from * n; start < to * n; start += n) {
            for (int j = 0; j < n; j++) {
                result[start + j] = Math.fma(left[start + j], factor[j], added[j]);
            }
        }
    }

    /** out = out + x, the rows of x ascending. */
    protected void columnSums(int from, int to) {
        float[] added = x;
        float[] sums = out;
        int n = columns;
        for (int start = 0; start < rows * n; start += n) {
            for (int j = from; j < to; j++) {
                sums[j] += added[start + j];
            }
        }
    }

    /** out = fma(x, y, out), the rows of x and y ascending. */
    protected void columnDots(int from, int to) {
        float[] left = x;
        float[] right = y;
        float[] sums = out;
        int n = columns;
        for (int start = 0; start < rows * n; start += n) {
            for (int j = from; j < to; j++) {
                sums[j] = Math.fma(left[start + j], right[start + j], sums[j]);
            }
        }
    }

    /** y[i·columns.length + j] = x[i·width + columns[j]], for all rows i of y. */
    void gather(float[] x, int width, int[] columns, float[] y, int size) {
        for (int to = 0, from = 0; to < size; to += columns.length, from += width) {
            for (int j = 0; j < columns.length; j++) {
                y[to + j] = x[from + columns[j]];
            }
        }
    }

    /** Return the greatest of x[start + j], −∞ if there is none. */
    protected float max(float[] x, int start, int columns) {
        float max = Float.NEGATIVE_INFINITY;
        for (int j = start; j < start + columns; j++) {
            max = Math.max(max, x[j]);
        }
        return max;
    }

    /** y[start + j] = x[start + j] − subtracted. */
    protected void subtract(float[] x, float subtracted, float[] y, int start, int columns) {
        for (int j = start; j < start + columns; j++) {
            y[j] = x[j] - subtracted;
        }
    }

    /** x[start + j] = x[start + j] / divisor. */
    protected void divide(float[] x, float divisor, int start, int columns) {
        for (int j = start; j < start + columns; j++) {
            x[j] = x[j] / divisor;
        }
    }

    /** y[start + j] = fma(factor, x[start + j], y[start + j]). */
    protected void addScaled(float[] x, float factor, float[] y, int start, int columns) {
        for (int j = start; j < start + columns; j++) {
            y[j] = Math.fma(factor, x[j], y[j]);
        }
    }

    /** delta[start + j] = a[start + j]·(g[start + j] − dot). */
    protected void softmaxBackward(float[] a, float[] g, float dot, float[] delta, int start, int columns) {
        for (int j = start; j < start + columns; j++) {
            delta[j] = a[j] * (g[j] - dot);
        }
    }
}
