package dev.chainrule.config;

/** Stop because of what users wrote. Shown by {@link ProblemPrinter}, never with a stack trace. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problems problems;

    /** Create an exception with at least one error. */
    public ConfigException(Problems problems) {
        super(new ProblemPrinter(false).print(problems));
        this.problems = problems;
    }

    /** Return everything that was found. */
    public Problems problems() {
        return problems;
    }
}
