package dev.chainrule.builtin.monitor;

import dev.chainrule.api.training.Hook.Ending;
import java.io.IOException;
import java.util.Optional;

/** A copy of a run's figures in the format of another program. */
interface Monitor {
    /**
     * Create the copy, or discard everything in it that is not before the present position of the run.
     *
     * @return the number of epochs that it contains
     */
    int open() throws IOException;

    /** Append the figures of an epoch. */
    void epoch(Figures figures) throws IOException;

    /** Append figures of the last step, and the network as it left it: its gradients are in no checkpoint. */
    default void step() throws IOException {}

    /**
     * Complete the copy.
     *
     * @param test the figures of the test data, if they were measured
     */
    void end(Ending ending, Optional<Figures> test) throws IOException;
}
