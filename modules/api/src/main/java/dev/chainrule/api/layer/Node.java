package dev.chainrule.api.layer;

import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;

/**
 * One stage of a network, forward and backward. The engine owns the matrices between nodes; a node owns its parameters and
 * the state it must keep from a pass.
 *
 * <p>In a training step the engine calls {@code forward} on all nodes in order, then for each node in reverse order
 * {@code gradients} and {@code backward}, with the matrices of the same pass.
 */
public interface Node {
    /** {@return a short name for reports: {@code affine}, {@code relu}} */
    String label();

    /** {@return the shape of one example of the output} */
    Shape output();

    /** {@return the additions and multiplications of a forward pass for one example; by default one per output} */
    default long flops() {
        return output().size();
    }

    /**
     * {@return the elements of all matrices that this node keeps besides parameters and buffers, such as a mask; 0 if nothing else is
     * said} Memory is computed with it before it is allocated.
     *
     * @param batch the rows of a training batch
     * @param most the rows of the largest pass, a training batch or not
     */
    default long kept(int batch, int most) {
        return 0;
    }

    /** {@return whether the output is x·w + b: two such stages in a row are no more powerful than one} */
    default boolean isAffine() {
        return false;
    }

    /**
     * {@return whether a training pass depends on the mean or spread over the rows of a batch, so that nothing can be learned
     * from batches of one example}
     */
    default boolean usesBatchStatistics() {
        return false;
    }

    /**
     * Compute the output.
     *
     * @param x [batch, in]. Not modified.
     * @param out [batch, {@code output().size()}]. Modified.
     * @param pass the purpose of the pass and its position in the run
     */
    void forward(Matrix x, Matrix out, Pass pass);

    /**
     * Compute the gradients of the node's own parameters into {@link dev.chainrule.api.Parameter#gradient} (BP3, BP4), overwriting them. A node
     * without parameters need not override this.
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
     * @param dx [batch, in] ∂C/∂x. Modified.
     * @param pass the purpose of the pass and its position in the run
     */
    void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass);

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
