package dev.chainrule.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.math.Draws;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.RandomStream;
import dev.chainrule.math.ThreadTeam;

/** Make and compare small matrices. */
public final class Matrices {
    public static final Kernels FLOAT32 = Kernels.of(Precision.FLOAT32, new ThreadTeam(1));
    public static final Kernels FLOAT64 = Kernels.of(Precision.FLOAT64, new ThreadTeam(1));

    private Matrices() {}

    /** Return a matrix of given rows. */
    public static Matrix of(Kernels kernels, double[]... rows) {
        Matrix matrix = kernels.matrix(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            matrix.setRow(i, rows[i]);
        }
        return matrix;
    }

    /** Return one row of numbers. */
    public static double[] row(double... values) {
        return values;
    }

    /** Return N(0, 1) draws, the same for both precisions but for rounding. */
    public static Matrix random(Kernels kernels, int rows, int columns, long seed) {
        Draws draws = RandomStream.of(seed, "test").at(0, 0);
        Matrix matrix = kernels.matrix(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, draws.normal());
            }
        }
        return matrix;
    }

    /** Return a copy in the precision of {@code kernels}. */
    public static Matrix copy(Kernels kernels, Matrix matrix) {
        Matrix copy = kernels.matrix(matrix.rows(), matrix.columns());
        copy.copyFrom(matrix);
        return copy;
    }

    /** Return a matrix whose elements are all NaN: elements that are not overwritten show. */
    public static Matrix garbage(Kernels kernels, int rows, int columns) {
        Matrix matrix = kernels.matrix(rows, columns);
        matrix.fill(Double.NaN);
        return matrix;
    }

    /** Assert equal shapes and elements, each within {@code tolerance}·max(1, |expected|). */
    public static void assertClose(Matrix expected, Matrix actual, double tolerance, String what) {
        assertEquals(expected.shape(), actual.shape(), what);
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                double value = expected.get(i, j);
                assertEquals(
                        value,
                        actual.get(i, j),
                        tolerance * Math.max(1, Math.abs(value)),
                        what + " [" + i + ", " + j + "]");
            }
        }
    }

    /** Assert equal shapes and equal bits. */
    public static void assertSame(Matrix expected, Matrix actual, String what) {
        assertEquals(expected.shape(), actual.shape(), what);
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                assertEquals(expected.get(i, j), actual.get(i, j), what + " [" + i + ", " + j + "]");
            }
        }
    }
}
