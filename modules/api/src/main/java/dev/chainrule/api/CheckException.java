package dev.chainrule.api;

/** Say that a check failed: analytic and numerical gradients differ, or a run could not be verified. */
public final class CheckException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Create a failed check with what differs.
     *
     * @param message what happened and what to do
     */
    public CheckException(String message) {
        super(message);
    }
}
