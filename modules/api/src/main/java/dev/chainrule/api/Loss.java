package dev.chainrule.api;

import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.api.value.Warning;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.Optional;

/**
 * A cost of outputs and targets. The cost of a batch is the mean of its examples' costs. A loss has no state: the record is
 * the function.
 */
public interface Loss {
    /** The placeholder for the config path of the network's last layer in an {@link InputException}. */
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
     * {@return the stable form of this loss after an output activation, if there is one: softmax with cross-entropy, sigmoid
     * with binary cross-entropy, identity with the quadratic cost all give delta = (a − y)/batch}
     *
     * @param output the activation of the last layer
     */
    default Optional<Fused> fuse(Activation output) {
        return Optional.empty();
    }

    /**
     * Add the branch that every element takes, if the cost has kinks or is clipped.
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
     * @param target the quantity to be learned
     * @throws InputException with the mismatch and the remedy; at config path {@link #LAST_LAYER} if the layer that computes
     *     the outputs is to be changed rather than the loss
     */
    void check(Shape output, Target target);

    /**
     * {@return whether y may contain the probabilities of several classes, as mixed examples have them; the default} A loss that
     * requires one class per example returns false, so that a config that mixes examples is refused.
     */
    default boolean acceptsProbabilities() {
        return true;
    }

    /** {@return the bounds of valid targets} */
    default Bounds targets() {
        return Bounds.NONE;
    }

    /**
     * Return the reason against using this loss with such outputs, if there is one.
     *
     * @param outputs the bounds of the network's outputs
     * @return the warning
     */
    default Optional<Warning> warning(Bounds outputs) {
        return Optional.empty();
    }

    /** A loss computed together with the output activation, from z: exact where a saturates. */
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
