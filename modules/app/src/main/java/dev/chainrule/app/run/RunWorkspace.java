package dev.chainrule.app.run;

import dev.chainrule.api.error.RunException;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.RunLog;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.FolderLock;
import dev.chainrule.engine.files.FolderWalk;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** The directory of a run, with its lock and log; that of a dry run is removed at the end. */
public final class RunWorkspace implements AutoCloseable {
    private final RunDirectory directory;
    private final FolderLock lock;
    private final RunLog log;
    private final boolean temporary;

    private RunWorkspace(RunDirectory directory, boolean temporary) {
        this.directory = directory;
        this.temporary = temporary;
        this.lock = RunLock.take(directory);
        this.log = RunLog.open(directory.log());
    }

    /**
     * Create the directory of a new run.
     *
     * @param named the directory that the user gives
     * @param say receives a message if another run began to write there but never trained
     */
    static RunWorkspace create(
            LoadedConfig loaded, Optional<Path> named, boolean temporary, Clock clock, Consumer<String> say) {
        if (temporary) {
            return temporary("chainrule-dry-run-");
        }
        RunDirectory directory = named.map(RunDirectory::createAt)
                .orElseGet(() ->
                        RunDirectory.create(Context.RUNS, folder(loaded), clock.instant(), Sha256.of(loaded.hashed())));
        RunWorkspace workspace = new RunWorkspace(directory, false);
        if (directory.clear()) {
            say.accept("took over the run directory " + directory.path() + " from a run that ended before it started");
        }
        return workspace;
    }

    /** Return the run's name, or the config's if that is a secret: a folder's name is visible to everyone. */
    private static String folder(LoadedConfig loaded) {
        String shown = loaded.composed().secrets().hideWhole(loaded.name());
        return shown.equals(loaded.name()) ? loaded.name() : ConfigLoader.baseName(loaded.file());
    }

    /** Create a run directory that is removed at the end. */
    public static RunWorkspace temporary(String prefix) {
        try {
            return new RunWorkspace(new RunDirectory(Files.createTempDirectory(prefix)), true);
        } catch (IOException e) {
            throw new RunException("cannot create a temporary directory: " + AtomicFiles.reason(e) + ".", e);
        }
    }

    /** Open the directory of a run that is to be resumed. */
    static RunWorkspace of(RunDirectory directory) {
        return new RunWorkspace(directory, false);
    }

    public RunDirectory directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        log.close();
        lock.close();
        if (temporary) {
            FolderWalk.delete(directory.path());
        }
    }
}
