package dev.chainrule.api;

import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.Optional;

/**
 * Compare outputs with targets. The cost of a batch is the mean of its examples' costs. A loss has no state: the record is the
 * function.
 */
public interface Loss {
    /** Stand for the place of the network's last layer in an {@link InputException}. */
    String LAST_LAYER = "last layer";

    /**
     * Compute the cost of each example.
     *
     * @param a [batch, outputs]. Not modified.
     * @param y [batch, {@link Target#width}]. Not modified.
     * @param costs [batch, 1]. Modified.
     * @param kernels the arithmetic, of the precision of the matrices
     */
    void costs(Matrix a, Matrix y, Matrix costs, Kernels kernels);

    /**
     * Compute g = ∂C/∂a, where C is the mean of the costs.
     *
     * @param a [batch, outputs]. Not modified.
     * @param y [batch, {@link Target#width}]. Not modified.
     * @param g [batch, outputs]. Modified.
     * @param kernels the arithmetic, of the precision of the matrices
     */
    void gradient(Matrix a, Matrix y, Matrix g, Kernels kernels);

    /**
     * {@return the stable form of this loss after an output activation, if it knows one: softmax with cross-entropy, sigmoid
     * with binary cross-entropy, identity with the quadratic cost all give delta = (a − y)/batch}
     *
     * @param output the activation of the last layer
     */
    default Optional<Fused> fuse(Activation output) {
        return Optional.empty();
    }

    /**
     * Add the branch that every element takes, where the cost has kinks or is cut off somewhere.
     *
     * @param a [batch, outputs]. Not modified.
     * @param y [batch, {@link Target#width}]. Not modified.
     * @param branches collects the branches. Modified.
     */
    default void branches(Matrix a, Matrix y, Branches branches) {}

    /**
     * Check that this loss can compare such outputs with such targets.
     *
     * @param output the shape of an example's output
     * @param target what is learned
     * @throws InputException saying what does not fit and what to do; at config path {@link #LAST_LAYER} where the layer that
     *     gives the outputs is to be changed rather than the loss
     */
    void check(Shape output, Target target);

    /** {@return the bounds of the targets it can compare with} */
    default Bounds targets() {
        return Bounds.NONE;
    }

    /**
     * Return why this loss should not follow such outputs, if it should not.
     *
     * @param outputs the bounds of the network's outputs
     * @return what to warn of
     */
    default Optional<Objection> objection(Bounds outputs) {
        return Optional.empty();
    }

    /** Compute a loss together with the output activation, from z: exact where a saturates. */
    interface Fused {
        /**
         * Compute the cost of each example.
         *
         * @param z [batch, outputs]. Not modified.
         * @param a [batch, outputs] σ(z). Not modified.
         * @param y [batch, {@link Target#width}]. Not modified.
         * @param costs [batch, 1]. Modified.
         * @param kernels the arithmetic, of the precision of the matrices
         */
        void costs(Matrix z, Matrix a, Matrix y, Matrix costs, Kernels kernels);

        /**
         * Compute delta = ∂C/∂z (BP1), where C is the mean of the costs.
         *
         * @param z [batch, outputs]. Not modified.
         * @param a [batch, outputs] σ(z). Not modified.
         * @param y [batch, {@link Target#width}]. Not modified.
         * @param delta [batch, outputs]. Modified.
         * @param kernels the arithmetic, of the precision of the matrices
         */
        void delta(Matrix z, Matrix a, Matrix y, Matrix delta, Kernels kernels);
    }
}
