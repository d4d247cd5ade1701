package dev.chainrule.api;

import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/**
 * An activation function a = σ(z), applied row by row. It has no state: the record is the function.
 *
 * <p>An activation that treats each element alone is an {@link Elementwise} and takes two methods; a {@link CommonActivation}
 * takes one.
 */
public interface Activation {
    /**
     * Compute a = σ(z).
     *
     * @param z [batch, units]. Not modified.
     * @param a [batch, units]. Modified.
     * @param kernels the arithmetic, of the precision of the matrices
     */
    void forward(Matrix z, Matrix a, Kernels kernels);

    /**
     * Compute delta = ∂C/∂z from g = ∂C/∂a (BP1, BP2).
     *
     * @param z [batch, units]. Not modified.
     * @param a [batch, units] σ(z). Not modified.
     * @param g [batch, units]. Not modified.
     * @param delta [batch, units]. Modified.
     * @param kernels the arithmetic, of the precision of the matrices
     */
    void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels);

    /** {@return the bounds of the outputs, so that unreachable targets are noticed before training} */
    default Bounds outputs() {
        return Bounds.NONE;
    }

    /** {@return the values of z where the derivative jumps, ascending; a numerical gradient is meaningless there} */
    default double[] kinks() {
        return new double[0];
    }

    /**
     * Add the branch that every element takes. Only needed if the kinks are not fixed values of z, as in a maximum of several
     * columns; the default uses {@link #kinks}.
     *
     * @param z [batch, units]. Not modified.
     * @param branches collects the branches. Modified.
     */
    default void branches(Matrix z, Branches branches) {
        double[] kinks = kinks();
        for (int i = 0; kinks.length > 0 && i < z.rows(); i++) {
            for (int j = 0; j < z.columns(); j++) {
                for (double kink : kinks) {
                    branches.addSide(z.get(i, j), kink);
                }
            }
        }
    }
}
