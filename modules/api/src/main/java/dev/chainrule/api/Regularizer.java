package dev.chainrule.api;

import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/**
 * Add a cost for a parameter: C = C₀ + R(w)/n, n the number of training examples, as in Nielsen, chapter 3. A regularizer has
 * no state: the record is the function.
 */
public interface Regularizer {
    /**
     * Return R(w)/n.
     *
     * @param w [rows, columns]. Not modified.
     * @param n the number of training examples
     */
    double cost(Matrix w, long n, Kernels kernels);

    /**
     * Add ∂(R/n)/∂w to the gradient.
     *
     * @param w [rows, columns]. Not modified.
     * @param n the number of training examples
     * @param gradient [rows, columns]. Modified.
     */
    void addGradient(Matrix w, long n, Matrix gradient, Kernels kernels);

    /** Return the values of w where the derivative jumps, ascending. */
    default double[] kinks() {
        return new double[0];
    }
}
