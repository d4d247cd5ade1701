package dev.chainrule.app.shell;

import dev.chainrule.engine.record.RunExit;

/** Name the exit codes: what they mean for a run, they mean for every command. */
public final class ExitCode {
    /** Done. */
    public static final int DONE = RunExit.DONE;
    /** The run failed: divergence, run directory, disk, a hook. */
    public static final int FAILED = RunExit.FAILED;
    /** The user's input is wrong: config, arguments, a named data file. */
    public static final int INPUT = RunExit.INPUT;
    /** An expectation of the config was not met. */
    public static final int EXPECTATION = RunExit.EXPECTATION;
    /** A check failed. */
    public static final int CHECK = RunExit.CHECK;

    private ExitCode() {}
}
