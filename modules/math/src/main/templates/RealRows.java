package dev.chainrule.math;

/** Compute row by row: every row of a matrix with one row, and what leads to the softmax of each. */
public class @Real@Rows {
    /** Create the loops of one caller. */
    public @Real@Rows() {}

    /** x = x + row. */
    protected void addRow(@real@[] x, @real@[] row, int size, int columns) {
        for (int start = 0; start < size; start += columns) {
            for (int j = 0; j < columns; j++) {
                x[start + j] += row[j];
            }
        }
    }

    /** x = fma(x, factor, row). */
    protected void multiplyAddRow(@real@[] x, @real@[] factor, @real@[] row, int size, int columns) {
        for (int start = 0; start < size; start += columns) {
            for (int j = 0; j < columns; j++) {
                x[start + j] = Math.fma(x[start + j], factor[j], row[j]);
            }
        }
    }

    /** row = row + x, the rows of x ascending. */
    protected void columnSums(@real@[] x, @real@[] row, int size, int columns) {
        for (int start = 0; start < size; start += columns) {
            for (int j = 0; j < columns; j++) {
                row[j] += x[start + j];
            }
        }
    }

    /** row = fma(x, y, row), the rows of x and y ascending. */
    protected void columnDots(@real@[] x, @real@[] y, @real@[] row, int size, int columns) {
        for (int start = 0; start < size; start += columns) {
            for (int j = 0; j < columns; j++) {
                row[j] = Math.fma(x[start + j], y[start + j], row[j]);
            }
        }
    }

    /** Return the greatest of x[start + j], −∞ for none. */
    protected @real@ max(@real@[] x, int start, int columns) {
        @real@ max = @Real@.NEGATIVE_INFINITY;
        for (int j = start; j < start + columns; j++) {
            max = Math.max(max, x[j]);
        }
        return max;
    }

    /** y[start + j] = x[start + j] − subtracted. */
    protected void subtract(@real@[] x, @real@ subtracted, @real@[] y, int start, int columns) {
        for (int j = start; j < start + columns; j++) {
            y[j] = x[j] - subtracted;
        }
    }

    /** x[start + j] = x[start + j] / divisor. */
    protected void divide(@real@[] x, @real@ divisor, int start, int columns) {
        for (int j = start; j < start + columns; j++) {
            x[j] = x[j] / divisor;
        }
    }

    /** delta[start + j] = a[start + j]·(g[start + j] − dot). */
    protected void softmaxBackward(@real@[] a, @real@[] g, @real@ dot, @real@[] delta, int start, int columns) {
        for (int j = start; j < start + columns; j++) {
            delta[j] = a[j] * (g[j] - dot);
        }
    }
}
