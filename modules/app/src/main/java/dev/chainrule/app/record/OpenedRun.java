package dev.chainrule.app.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.app.shell.Context;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.FolderWalk;
import dev.chainrule.engine.record.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A run that a command looks at, also a packed one: that is unpacked into a temporary folder and deleted in the end.
 *
 * @param label how messages call it: its directory, or the archive
 * @param temporary the folder to delete
 */
public record OpenedRun(String label, RunDirectory directory, Optional<Path> temporary) implements AutoCloseable {
    /**
     * Open a run. If it was killed, its record then says so.
     *
     * @param text a run's directory, {@code latest}, or an archive
     * @throws InputException if there is no such run
     */
    public static OpenedRun open(String text, Context context) {
        if (!PackedRun.isArchive(Path.of(text))) {
            RunDirectory directory = RunLookup.find(Context.RUNS, text, context);
            LostRuns.read(directory, context);
            return new OpenedRun(directory.path().toString(), directory, Optional.empty());
        }
        Path temporary = createTemporary();
        try {
            return new OpenedRun(text, PackedRun.unpack(Path.of(text), temporary), Optional.of(temporary));
        } catch (InputException e) {
            delete(temporary);
            throw e;
        }
    }

    /**
     * Require that a run is not an archive, because resuming or repeating it writes files beside it.
     *
     * @throws InputException if it is one
     */
    public static void requireUnpacked(String text) {
        if (PackedRun.isArchive(Path.of(text))) {
            throw new InputException(
                    "'" + text + "' is a packed run",
                    "Unpack it and give its directory: java -jar pipeline.jar archive --unpack " + text + ".");
        }
    }

    @Override
    public void close() {
        temporary.ifPresent(OpenedRun::delete);
    }

    private static Path createTemporary() {
        try {
            return Files.createTempDirectory("chainrule-archive-");
        } catch (IOException e) {
            throw new RunException("cannot create a temporary directory: " + AtomicFiles.reason(e) + ".", e);
        }
    }

    /** Delete a folder as far as the system lets it: a jar that was loaded may be held until the end of the process. */
    private static void delete(Path folder) {
        try {
            FolderWalk.delete(folder);
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
