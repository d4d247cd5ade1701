package dev.chainrule.engine.contract;

import dev.chainrule.math.Draws;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.RandomStream;
import dev.chainrule.math.ThreadTeam;

/** The kernels and matrices that one component is tested with. */
record Probe(Kernels float32, Kernels float64) {
    /** The tolerance of float32 against float64: 64 roundings of 2⁻²⁴, relative to max(1, the largest element). */
    static final double FLOAT32_TOLERANCE = 64 * 0x1p-24;

    private static final double GRID = 64;
    private static final int LARGE_ROWS = 521;
    private static final int LARGE_COLUMNS = 64;

    /** Create kernels that nobody else uses: they serve one caller at a time. */
    Probe() {
        this(Kernels.of(Precision.FLOAT32, new ThreadTeam(1)), Kernels.of(Precision.FLOAT64, new ThreadTeam(1)));
    }

    /** Return a matrix of the given rows. */
    static Matrix of(Kernels kernels, double[]... rows) {
        Matrix matrix = kernels.matrix(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            matrix.setRow(i, rows[i]);
        }
        return matrix;
    }

    /** Return uniform draws that are multiples of 1/64, so that float32 represents them exactly. */
    Matrix draw(String purpose, int rows, int columns, double from, double to) {
        Draws draws = RandomStream.of(0, "contract." + purpose).at(0, 0);
        Matrix matrix = float64.matrix(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, Math.rint((from + (to - from) * draws.uniform()) * GRID) / GRID);
            }
        }
        return matrix;
    }

    /** Return draws in a matrix so large that kernels split their work on it among threads, its rows unevenly. */
    Matrix large(String purpose, double from, double to) {
        return draw(purpose, LARGE_ROWS, LARGE_COLUMNS, from, to);
    }

    /** Return Σ r ⊙ x, or the sum of the terms' magnitudes: a cost whose gradient ∂C/∂x is r. */
    static double dot(Matrix r, Matrix x, boolean magnitudes) {
        double sum = 0;
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                double term = r.get(i, j) * x.get(i, j);
                sum += magnitudes ? Math.abs(term) : term;
            }
        }
        return sum;
    }

    /** Return a copy in the precision of {@code kernels}. */
    static Matrix copy(Kernels kernels, Matrix matrix) {
        Matrix copy = kernels.matrix(matrix.rows(), matrix.columns());
        copy.copyFrom(matrix);
        return copy;
    }

    /** Return one row as a matrix. */
    static Matrix row(Kernels kernels, Matrix matrix, int row) {
        Matrix alone = kernels.matrix(1, matrix.columns());
        for (int j = 0; j < matrix.columns(); j++) {
            alone.set(0, j, matrix.get(row, j));
        }
        return alone;
    }

    /** Return a matrix of NaNs, so that an element that is not overwritten shows. */
    static Matrix unwritten(Kernels kernels, int rows, int columns) {
        Matrix matrix = kernels.matrix(rows, columns);
        matrix.fill(Double.NaN);
        return matrix;
    }
}
