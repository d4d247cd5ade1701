package dev.chainrule.api.layer;

import dev.chainrule.math.Matrix;

/** A stage with one input x. */
public non-sealed interface Node extends Stage {
    /**
     * Compute the output.
     *
     * @param x [batch, in]. Not modified.
     * @param out [batch, {@code output().size()}]. Modified.
     * @param pass the purpose of the pass and its position in the run
     */
    void forward(Matrix x, Matrix out, Pass pass);

    /**
     * Compute the gradients of the node's own parameters into {@link dev.chainrule.api.Parameter#gradient} (BP3, BP4), overwriting them,
     * unless {@link Pass#accumulates}. A node without parameters need not override this.
     *
     * @param x [batch, in]. Not modified.
     * @param out [batch, out] the output of forward. Not modified.
     * @param delta [batch, out] ∂C/∂out. Not modified.
     * @param pass the purpose of the pass and its position in the run
     */
    default void gradients(Matrix x, Matrix out, Matrix delta, Pass pass) {}

    /**
     * Compute the gradient of the input (BP2). Called after {@code gradients}, and only if that gradient is needed.
     *
     * @param x [batch, in]. Not modified.
     * @param out [batch, out] the output of forward. Not modified.
     * @param delta [batch, out] ∂C/∂out. Not modified.
     * @param dx [batch, in] ∂C/∂x by this node alone, though other stages may read x. Modified: overwritten.
     * @param pass the purpose of the pass and its position in the run
     */
    void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass);

    /**
     * {@return whether the output has the elements of x in their order, and only their shape changes} If nothing else reads x, no pass of
     * the node is made: x and out are one matrix, and so are delta and dx.
     */
    default boolean isReshape() {
        return false;
    }

    /**
     * Add the branch that every element took in the last forward pass, if the node computes a function with kinks, such as a
     * maximum: a gradient check omits entries whose step crosses a kink.
     *
     * @param x [batch, in]. Not modified.
     * @param out [batch, out] the output of forward. Not modified.
     * @param branches collects the branches. Modified.
     */
    default void branches(Matrix x, Matrix out, Branches branches) {}
}
