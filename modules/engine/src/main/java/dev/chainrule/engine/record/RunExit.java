package dev.chainrule.engine.record;

import dev.chainrule.api.error.CheckException;
import dev.chainrule.api.error.InputException;

/** The exit codes of a process that trains, each with one meaning. */
public final class RunExit {
    /** Done. */
    public static final int DONE = 0;
    /** The run failed: divergence, run directory, disk, a hook. */
    public static final int FAILED = 1;
    /** The user's input is wrong: config, arguments, a given data file. */
    public static final int INPUT = 2;
    /** An expectation of the config was not met. */
    public static final int EXPECTATION = 3;
    /** A check failed. */
    public static final int CHECK = 4;

    private static final int FIRST_SIGNAL = 128;

    private RunExit() {}

    /** Return the exit code of a process that was ended by a signal. */
    public static int ofSignal(int number) {
        return FIRST_SIGNAL + number;
    }

    /** Return the exit code of a run that was ended by a failure. */
    public static int of(Throwable cause) {
        return cause instanceof InputException ? INPUT : cause instanceof CheckException ? CHECK : FAILED;
    }
}
