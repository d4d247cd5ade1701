package dev.chainrule.api;

import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/**
 * A cost of a parameter: C = C₀ + R(w)/n, n the number of training examples, as in Nielsen, chapter 3, or C = C₀ + R(w). A
 * regularizer has no state: the record is the function.
 */
public interface Regularizer {
    /**
     * {@return R(w)/n, or R(w) if it is not divided}
     *
     * @param w [rows, columns]. Not modified.
     * @param n the number of training examples
     * @param kernels the arithmetic, of the precision of the matrices
     */
    double cost(Matrix w, long n, Kernels kernels);

    /**
     * Add the derivative of the cost by w to the gradient.
     *
     * @param w [rows, columns]. Not modified.
     * @param n the number of training examples
     * @param gradient [rows, columns]. Modified.
     * @param kernels the arithmetic, of the precision of the matrices
     */
    void addGradient(Matrix w, long n, Matrix gradient, Kernels kernels);

    /** {@return whether R(w) is divided by n; if not, the number of examples changes neither cost nor gradient} */
    default boolean isDivided() {
        return true;
    }

    /** {@return the values of w where the derivative jumps, ascending} */
    default double[] kinks() {
        return new double[0];
    }
}
