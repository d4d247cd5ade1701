package dev.chainrule.builtin.loss;

import dev.chainrule.api.Loss;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.PairFunction;
import dev.chainrule.math.Precision;

/** The comparison of outputs with targets, whether y contains one number per output or only the number of the class. */
final class Targets {
    private static final PairFunction DIFFERENCE = (a, y, unused) -> a - y;

    private Targets() {}

    /**
     * Compute delta = (a − y)/batch, the delta of every canonical pair. Difference and quotient are each rounded to the
     * precision, so that class numbers and one-hot targets give the same bits.
     *
     * @param a [batch, outputs]. Not modified.
     * @param y [batch, outputs or 1]. Not modified.
     * @param delta [batch, outputs]. Modified.
     */
    static void difference(Matrix a, Matrix y, Matrix delta, Kernels kernels) {
        if (y.columns() == a.columns()) {
            kernels.subtractDivide(a, y, a.rows(), delta);
            return;
        }
        kernels.zip(DIFFERENCE, a, y, 0, delta);
        kernels.divide(a.rows(), delta);
    }

    /** Return the smallest normal number of a matrix's precision: the floor under a logarithm's argument. */
    static double floor(Matrix a) {
        return a.precision() == Precision.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    }

    /**
     * Return the target of one output: y[row, column], or 1 and 0 if y contains the number of the class.
     *
     * @param a [batch, outputs]. Not modified.
     * @param y [batch, outputs or 1]. Not modified.
     */
    static double of(Matrix a, Matrix y, int row, int column) {
        return y.columns() == a.columns() ? y.get(row, column) : y.get(row, 0) == column ? 1 : 0;
    }

    /**
     * Require one output per class, or one per value.
     *
     * @throws InputException with both numbers
     */
    static void requireWidth(Shape output, Target target) {
        int width = target.names().size();
        if (output.size() != width) {
            String many = target.isClass() ? (width == 1 ? " class" : " classes") : (width == 1 ? " value" : " values");
            throw new InputException(
                            "the network has " + output.size() + (output.size() == 1 ? " output" : " outputs")
                                    + ", but the target has " + width + many,
                            "Give the last layer units: " + width + ".")
                    .atConfig(Loss.LAST_LAYER);
        }
    }
}
