package dev.chainrule.app.record;

import dev.chainrule.api.error.RunException;
import dev.chainrule.app.shell.Context;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.FolderLock;
import dev.chainrule.engine.record.LostEnding;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import java.io.IOException;

/** Records the endings of runs that were killed, on behalf of the first command that meets them. */
public final class LostRuns {
    private LostRuns() {}

    /**
     * Read the record of a run, after the run's ending is in it if it was killed. A record that cannot be written is warned of.
     *
     * @throws dev.chainrule.api.error.InputException if the record cannot be read or is damaged
     */
    public static RunRecord read(RunDirectory directory, Context context) {
        RunRecord record = RunRecord.read(directory);
        try {
            return LostEnding.record(record);
        } catch (IOException e) {
            warn(directory, e, context);
        } catch (RunException e) {
            if (!(e.getCause() instanceof IOException cause)) {
                throw e;
            }
            warn(directory, cause, context);
        }
        return record;
    }

    private static void warn(RunDirectory directory, IOException e, Context context) {
        if (!FolderLock.isHeld(directory.path())) {
            context.warn("run " + directory.path()
                    + " was killed, or its machine lost power; its record could not be updated: "
                    + AtomicFiles.reason(e));
        }
    }
}
