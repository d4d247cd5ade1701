package dev.chainrule.engine.training;

/** A request to end a run, passed from a signal to the training loop, which checks it after each step. */
public final class Interruption {
    private volatile boolean requested;
    private volatile int signal;

    /**
     * Ask the run to end after the current step.
     *
     * @param number of the signal that requests it
     */
    public void request(int number) {
        signal = number;
        requested = true;
    }

    /** Return whether the run is to end. */
    public boolean requested() {
        return requested;
    }

    /** Return the number of the signal that requests it; 0 for none. */
    int signal() {
        return signal;
    }
}
