package dev.chainrule.api.layer;

import dev.chainrule.api.value.Shape;

/**
 * One stage of a network: it computes one value from one input, as a {@link Node}, or from several, as a {@link Join}. The engine
 * owns the matrices of the values; a stage owns its parameters and the state that it must keep from a pass.
 *
 * <p>In a training step the engine calls {@code forward} on all stages in order, then for each stage in reverse order
 * {@code gradients} and {@code backward}, with the matrices of the same pass. With {@code recompute: true} it calls {@code forward} of most
 * stages again before these, with equal inputs, equal parameters and the same place in the run: the output must be equal, too.
 */
public sealed interface Stage permits Node, Join {
    /** {@return a short name for reports: {@code affine}, {@code relu}} */
    String label();

    /** {@return the shape of one example of the output} */
    Shape output();

    /** {@return the additions and multiplications of a forward pass for one example; by default one per output} */
    default long flops() {
        return output().size();
    }

    /**
     * {@return the elements of all matrices that this stage keeps besides parameters and buffers, such as a mask; 0 if nothing else is
     * said} Memory is computed with it before it is allocated.
     *
     * @param batch the rows of a training batch
     * @param most the rows of the largest pass, a training batch or not
     */
    default long kept(int batch, int most) {
        return 0;
    }

    /**
     * {@return the elements of the memory that kernels take while this stage computes, and other stages after it; 0 if nothing else is
     * said} Memory is computed with it before it is allocated.
     *
     * @param most the rows of the largest pass
     */
    default long scratch(int most) {
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
     * {@return whether {@code gradients} continues each sum over rows, in the order of the rows, if {@link Pass#accumulates} says so;
     * false by default} Then parts of a batch, one after the other, give the bits of the whole: {@code training.rows_at_once} requires it
     * of every stage of a layer with parameters.
     */
    default boolean canAccumulate() {
        return false;
    }
}
