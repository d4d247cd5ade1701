package dev.chainrule.math.kernel;

import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Draws;
import dev.chainrule.math.FloatMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** Draw operands of given shapes, with or without the numbers that are special, and keep them to be compared. */
final class DrawnOperands implements KernelCases.Operands {
    private static final double[] SPECIAL = {
        0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e-320, 1e-40, 1e38, -1e308, 1, -1
    };

    private final Precision precision;
    private final int m;
    private final int n;
    private final int k;
    private final boolean choice;
    private final boolean special;
    private final Draws draws;
    private final List<Matrix> matrices = new ArrayList<>();

    DrawnOperands(Precision precision, int m, int n, int k, boolean choice, boolean special) {
        this.precision = precision;
        this.m = m;
        this.n = n;
        this.k = k;
        this.choice = choice;
        this.special = special;
        this.draws = RandomStream.of(1, m + " " + n + " " + k).at(0, 0);
    }

    @Override
    public int m() {
        return m;
    }

    @Override
    public int n() {
        return n;
    }

    @Override
    public int k() {
        return k;
    }

    @Override
    public boolean choice() {
        return choice;
    }

    @Override
    public Matrix matrix(int rows, int columns) {
        return drawn(rows, columns, -2, 2);
    }

    @Override
    public List<Matrix> several(int rows, int columns) {
        return List.of(matrix(rows, columns), matrix(1, columns), matrix(columns, rows));
    }

    @Override
    public Matrix positive(int rows, int columns) {
        return drawn(rows, columns, 0, 1);
    }

    @Override
    public Matrix result(int rows, int columns, boolean keepsShape) {
        Matrix result = matrix(rows, columns);
        if (!keepsShape) {
            result.reshape(columns + 1, 2);
        }
        return result;
    }

    /** Return the matrices drawn so far, in order. */
    List<Matrix> matrices() {
        return matrices;
    }

    /** Require all matrices equal to those of another, bit for bit; NaNs are equal. */
    String firstDifference(DrawnOperands other) {
        for (int index = 0; index < matrices.size(); index++) {
            Matrix x = matrices.get(index);
            Matrix y = other.matrices.get(index);
            if (!x.shape().equals(y.shape())) {
                return "matrix " + index + " is " + x.shape() + ", not " + y.shape();
            }
            for (int i = 0; i < x.rows(); i++) {
                for (int j = 0; j < x.columns(); j++) {
                    if (Double.doubleToLongBits(x.get(i, j)) != Double.doubleToLongBits(y.get(i, j))) {
                        return "matrix " + index + " [" + i + ", " + j + "] is " + x.get(i, j) + ", not " + y.get(i, j);
                    }
                }
            }
        }
        return "";
    }

    private Matrix drawn(int rows, int columns, double from, double to) {
        Matrix matrix =
                precision == Precision.FLOAT32 ? new FloatMatrix(rows, columns) : new DoubleMatrix(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                boolean rare = special && draws.below(8) == 0;
                double value = rare ? SPECIAL[draws.below(SPECIAL.length)] : from + (to - from) * draws.uniform24();
                matrix.set(i, j, from >= 0 ? Math.abs(value) : value);
            }
        }
        matrices.add(matrix);
        return matrix;
    }
}
