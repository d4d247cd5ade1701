package dev.chainrule.api.error;

/** A failed check: analytic and numerical gradients differ, or a run could not be verified. */
public final class CheckException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Create a failed check.
     *
     * @param message the difference and the remedy
     */
    public CheckException(String message) {
        super(message);
    }
}
