package dev.chainrule.builtin.loss;

import dev.chainrule.api.InputException;
import dev.chainrule.api.Shape;
import dev.chainrule.api.Target;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;

/** Read targets as one number an output, whether y holds them all or only the number of the class. */
final class Targets {
    private Targets() {}

    /** Return whether y [batch, 1] holds class numbers for several outputs. */
    static boolean areClassNumbers(Matrix a, Matrix y) {
        return y.columns() == 1 && a.columns() > 1;
    }

    /** Return the target of one output: 1 for the example's class and 0 for the others where y holds class numbers. */
    static double at(Matrix y, boolean classNumbers, int row, int column) {
        if (classNumbers) {
            return y.get(row, 0) == column ? 1 : 0;
        }
        return y.get(row, column);
    }

    /**
     * Compute delta = (a − y)/batch, the delta of every canonical pair. Difference and quotient are each rounded to the
     * precision, so that class numbers and one-hot targets give the bits of
     * {@link dev.chainrule.math.Kernels#subtractDivide}.
     *
     * @param a [batch, outputs]. Not modified.
     * @param y [batch, outputs or 1]. Not modified.
     * @param delta [batch, outputs]. Modified.
     */
    static void difference(Matrix a, Matrix y, Matrix delta) {
        boolean classNumbers = areClassNumbers(a, y);
        int batch = a.rows();
        delta.reshape(batch, a.columns());
        for (int i = 0; i < batch; i++) {
            for (int j = 0; j < a.columns(); j++) {
                delta.set(i, j, a.get(i, j) - at(y, classNumbers, i, j));
                delta.set(i, j, delta.get(i, j) / batch);
            }
        }
    }

    /** Return the smallest normal number of a matrix's precision: the floor under a logarithm's argument. */
    static double floor(Matrix a) {
        return a.precision() == Precision.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    }

    /**
     * Require one output a class, or one a value.
     *
     * @throws InputException naming both numbers
     */
    static void requireWidth(Shape output, Target target) {
        int width = target.names().size();
        if (output.size() != width) {
            String many = target.isClass() ? (width == 1 ? " class" : " classes") : (width == 1 ? " value" : " values");
            throw new InputException(
                    "the network has " + output.size() + (output.size() == 1 ? " output" : " outputs")
                            + ", the target has " + width + many,
                    "Give the last layer units: " + width + ".");
        }
    }
}
