package dev.chainrule.engine.record;

import dev.chainrule.api.error.RunException;
import dev.chainrule.engine.files.FolderLock;
import java.time.Duration;

/** The lock of a run's directory, which its process keeps until it ends. */
public final class RunLock {
    /** Commands that only read a run, or record that it was killed, keep the lock for a moment. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    private RunLock() {}

    /**
     * Take the lock.
     *
     * @throws RunException if another process, or another run of this process, has it, or if the file cannot be written
     */
    public static FolderLock take(RunDirectory directory) {
        return take(directory, LONGEST_LOOK);
    }

    /** Take the lock, waiting up to the given time for others to release it. */
    static FolderLock take(RunDirectory directory, Duration patience) {
        return FolderLock.take(directory.path(), patience)
                .orElseThrow(() -> new RunException("run directory " + directory.path()
                        + " is in use by another run. Wait until that has ended, or choose another directory."));
    }
}
