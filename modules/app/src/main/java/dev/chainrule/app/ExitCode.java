package dev.chainrule.app;

/** Give each exit code its one meaning. */
final class ExitCode {
    /** Done. */
    static final int DONE = 0;
    /** The run failed: divergence, run directory, disk, a hook. */
    static final int FAILED = 1;
    /** The user's input is wrong: config, arguments, a named data file. */
    static final int INPUT = 2;
    /** An expectation of the config was not met. */
    static final int EXPECTATION = 3;
    /** A check failed. */
    static final int CHECK = 4;

    private ExitCode() {}
}
