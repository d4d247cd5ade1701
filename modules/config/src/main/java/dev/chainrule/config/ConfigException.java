package dev.chainrule.config;

/** A failure caused by the user's input. Shown by {@link ProblemPrinter}, never with a stack trace. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problems problems;

    /** Create an exception with at least one error. */
    public ConfigException(Problems problems) {
        super(new ProblemPrinter(false).print(problems));
        this.problems = problems;
    }

    /** Return all problems. */
    public Problems problems() {
        return problems;
    }
}
