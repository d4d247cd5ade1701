package dev.chainrule.math.kernel;

/** Operations row by row: of every row of a matrix with one row, and the steps of each row's softmax and normalisation. */
public class FloatRows {
    /** Create the loops of one caller. */
    public FloatRows() {}

    /** x = x + row. */
    protected void addRow(float[] x, float[] row, int size, int columns) {
        for (int start = 0; start < size; start += columns) {
            for (int j = 0; j < columns; j++) {
                x[start + j] += row[j];
            }
        }
    }

    /** out = x·factor. */
    protected void multiplyRow(float[] x, float[] factor, float[] out, int size, int columns) {
        for (int start = 0; start < size; start += columns) {
            for (int j = 0; j < columns; j++) {
                out[start + j] = x[start + j] * factor[j];
            }
        }
    }

    /** x = fma(x, factor, row). */
    protected void multiplyAddRow(float[] x, float[] factor, float[] row, int size, int columns) {
        for (int start = 0; start < size; start += columns) {
            for (int j = 0; j < columns; j++) {
                x[start + j] = Math.fma(x[start + j], factor[j], row[j]);
            }
        }
    }

    /** row = row + x, the rows of x ascending. */
    protected void columnSums(float[] x, float[] row, int size, int columns) {
        for (int start = 0; start < size; start += columns) {
            for (int j = 0; j < columns; j++) {
                row[j] += x[start + j];
            }
        }
    }

    /** row = fma(x, y, row), the rows of x and y ascending. */
    protected void columnDots(float[] x, float[] y, float[] row, int size, int columns) {
        for (int start = 0; start < size; start += columns) {
            for (int j = 0; j < columns; j++) {
                row[j] = Math.fma(x[start + j], y[start + j], row[j]);
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
