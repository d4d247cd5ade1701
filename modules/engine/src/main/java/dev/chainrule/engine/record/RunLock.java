package dev.chainrule.engine.record;

import dev.chainrule.api.RunException;
import dev.chainrule.engine.files.AtomicFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Hold a run's directory for one process. The system holds the lock, so that it ends with the process, however that ends. The file
 * {@code .lock} stays: deleting it would let two processes lock two files of that name.
 */
public final class RunLock implements AutoCloseable {
    public static final String FILE = ".lock";

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Take the lock.
     *
     * @throws RunException if another process, or another run of this one, has it, or if the file cannot be written
     */
    public static RunLock take(RunDirectory directory) {
        Path file = directory.path().resolve(FILE);
        FileChannel channel = null;
        Optional<FileLock> lock = Optional.empty();
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            // as when another process had it
        } catch (IOException e) {
            close(channel);
            throw AtomicFiles.failure(file, e);
        }
        if (lock.isEmpty()) {
            close(channel);
            throw new RunException("run directory " + directory.path()
                    + " is in use by another run. Wait until that has ended, or choose another directory.");
        }
        return new RunLock(channel);
    }

    /** Return whether a process holds a directory: then its run goes on. */
    public static boolean isHeld(RunDirectory directory) {
        Path file = directory.path().resolve(FILE);
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true; // by this process
        } catch (IOException e) {
            return false; // where nothing can be locked, no run has locked anything
        }
    }

    @Override
    public void close() {
        close(channel);
    }

    private static void close(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Nothing is lost: a lock ends with the process at the latest.
        }
    }
}
