package dev.chainrule.app;

import dev.chainrule.engine.RunExit;

/** Name the exit codes: what they mean for a run, they mean for every command. */
final class ExitCode {
    /** Done. */
    static final int DONE = RunExit.DONE;
    /** The run failed: divergence, run directory, disk, a hook. */
    static final int FAILED = RunExit.FAILED;
    /** The user's input is wrong: config, arguments, a named data file. */
    static final int INPUT = RunExit.INPUT;
    /** An expectation of the config was not met. */
    static final int EXPECTATION = RunExit.EXPECTATION;
    /** A check failed. */
    static final int CHECK = RunExit.CHECK;

    private ExitCode() {}
}
