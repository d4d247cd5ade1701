package dev.chainrule.api;

/** Say that a run failed although the input was right: divergence, a full disk, a hook. Shown as a message. */
public final class RunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Create a failure with what happened and what to do.
     *
     * @param message what happened and what to do
     */
    public RunException(String message) {
        super(message);
    }

    /**
     * Create a failure with its cause, for the log.
     *
     * @param message what happened and what to do
     * @param cause what led to it
     */
    public RunException(String message, Throwable cause) {
        super(message, cause);
    }
}
