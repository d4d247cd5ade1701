package dev.chainrule.api;

/** Say what a forward pass is for and where in the run it stands. */
public interface Pass {
    /** {@return whether this is a training pass: dropout drops, batch normalisation uses the batch's own statistics} */
    boolean training();

    /** {@return whether running statistics follow this pass; a gradient check trains without leaving traces} */
    boolean tracksStatistics();

    /** {@return the epoch, from 0: with {@link #position} the place of every random draw} */
    int epoch();

    /** {@return the position of the batch's first row in the epoch's order of examples, from 0} */
    long position();
}
