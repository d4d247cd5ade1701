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
     * {@return the number of examples in the batch: more than the rows of a pass over one shard of it, see {@code training.shards}}
     *
     * @param rows those of the pass
     */
    default int batch(int rows) {
        return rows;
    }
}
