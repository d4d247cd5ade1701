package dev.chainrule.api.error;

/** A failure of a run although the input was right: divergence, a full disk, a hook. Shown as a message. */
public final class RunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Create a failure.
     *
     * @param message the event and the remedy
     */
    public RunException(String message) {
        super(message);
    }

    /**
     * Create a failure with its cause, for the log.
     *
     * @param message the event and the remedy
     * @param cause the cause
     */
    public RunException(String message, Throwable cause) {
        super(message, cause);
    }
}
