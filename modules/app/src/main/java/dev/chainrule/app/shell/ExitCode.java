package dev.chainrule.app.shell;

import dev.chainrule.engine.record.RunExit;

/** The exit codes, with the same meanings for a run and every other command. */
public final class ExitCode {
    /** Done. */
    public static final int DONE = RunExit.DONE;
    /** The run failed: divergence, run directory, disk, a hook. */
    public static final int FAILED = RunExit.FAILED;
    /** The user's input is wrong: config, arguments, a data file. */
    public static final int INPUT = RunExit.INPUT;
    /** An expectation of the config was not met. */
    public static final int EXPECTATION = RunExit.EXPECTATION;
    /** A check failed. */
    public static final int CHECK = RunExit.CHECK;

    private ExitCode() {}
}
