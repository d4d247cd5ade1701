package dev.chainrule.api.layer;

/** The purpose of a forward pass and its position in the run. */
public interface Pass {
    /** {@return whether this is a training pass: dropout drops, batch normalisation uses the batch's own statistics} */
    boolean training();

    /** {@return whether this pass updates running statistics; false in a gradient check, and if values are computed a second time} */
    boolean tracksStatistics();

    /** {@return the epoch, from 0: together with {@link #position} it determines every random draw} */
    int epoch();

    /** {@return the position of the batch's first row in the epoch's order of examples, from 0} */
    long position();

    /**
     * {@return the number of examples in the batch: more than the rows of a pass over a part of it, see {@code training.shards} and
     * {@code training.rows_at_once}}
     *
     * @param rows those of the pass
     */
    default int batch(int rows) {
        return rows;
    }

    /**
     * {@return whether the rows follow others of the same batch, whose part of the gradients of parameters is computed} Then
     * {@code gradients} continues the stored sums instead of overwriting them; only for stages that say they {@link Stage#canAccumulate}.
     */
    default boolean accumulates() {
        return false;
    }
}
