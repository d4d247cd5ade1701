package dev.chainrule.engine;

/** Carry the wish to end a run from a signal to the training loop, which looks at it after each step. */
public final class Interruption {
    private volatile boolean requested;

    /** Ask the run to end after the current step. */
    public void request() {
        requested = true;
    }

    /** Return whether the run shall end. */
    public boolean requested() {
        return requested;
    }
}
