package dev.chainrule.api;

import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/**
 * A cost of a parameter: C = C₀ + R(w)/n, n the number of training examples, as in Nielsen, chapter 3. A regularizer has no
 * state: the record is the function.
 */
public interface Regularizer {
    /**
     * {@return R(w)/n}
     *
     * @param w [rows, columns]. Not modified.
     * @param n the number of training examples
     * @param kernels the arithmetic, of the precision of the matrices
     */
    double cost(Matrix w, long n, Kernels kernels);

    /**
     * Add ∂(R/n)/∂w to the gradient.
     *
     * @param w [rows, columns]. Not modified.
     * @param n the number of training examples
     * @param gradient [rows, columns]. Modified.
     * @param kernels the arithmetic, of the precision of the matrices
     */
    void addGradient(Matrix w, long n, Matrix gradient, Kernels kernels);

    /** {@return the values of w where the derivative jumps, ascending} */
    default double[] kinks() {
        return new double[0];
    }
}
