package dev.chainrule.engine.training;

/** Carry the wish to end a run from a signal to the training loop, which looks at it after each step. */
public final class Interruption {
    private volatile boolean requested;
    private volatile int signal;

    /**
     * Ask the run to end after the current step.
     *
     * @param number of the signal that wants it
     */
    public void request(int number) {
        signal = number;
        requested = true;
    }

    /** Return whether the run shall end. */
    public boolean requested() {
        return requested;
    }

    /** Return the number of the signal that wants it; 0 for none. */
    int signal() {
        return signal;
    }
}
