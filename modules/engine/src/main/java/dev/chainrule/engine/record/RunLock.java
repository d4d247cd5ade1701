package dev.chainrule.engine.record;

import dev.chainrule.api.RunException;
import dev.chainrule.engine.files.AtomicFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Hold a run's directory for one process. The system holds the lock, so that it ends with the process, however that ends. The file
 * {@code .lock} stays: deleting it would let two processes lock two files of that name.
 */
public final class RunLock implements AutoCloseable {
    public static final String FILE = ".lock";

    /** Commands that only look at a run, or record that it was killed, hold the lock for a moment. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    private static final long POLL_MILLISECONDS = 20;

    /**
     * The directories that this process holds, guarded by the class. A POSIX system releases a process's lock on a file as soon as the
     * process closes any channel to that file, so no second channel may be opened.
     */
    private static final Set<Path> OURS = new TreeSet<>();

    private final Path directory;
    private final FileChannel channel;

    private RunLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Take the lock.
     *
     * @throws RunException if another process, or another run of this one, has it, or if the file cannot be written
     */
    public static RunLock take(RunDirectory directory) {
        return take(directory, LONGEST_LOOK);
    }

    /** Take the lock, waiting so long for others to release it. */
    static RunLock take(RunDirectory directory, Duration patience) {
        try {
            Optional<RunLock> lock = tryTake(directory);
            for (long waited = 0; lock.isEmpty() && waited < patience.toMillis(); waited += POLL_MILLISECONDS) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLISECONDS);
                lock = tryTake(directory);
            }
            return lock.orElseThrow(() -> inUse(directory));
        } catch (IOException e) {
            throw AtomicFiles.failure(directory.path().resolve(FILE), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw inUse(directory);
        }
    }

    /**
     * Take the lock if nobody has it.
     *
     * @throws IOException if the file cannot be written
     */
    public static synchronized Optional<RunLock> tryTake(RunDirectory directory) throws IOException {
        Path ours = directory.path().toRealPath();
        if (OURS.contains(ours)) {
            return Optional.empty();
        }
        FileChannel channel =
                FileChannel.open(directory.path().resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } finally {
            if (!taken) {
                close(channel);
            }
        }
        if (taken) {
            OURS.add(ours);
        }
        return taken ? Optional.of(new RunLock(ours, channel)) : Optional.empty();
    }

    private static RunException inUse(RunDirectory directory) {
        return new RunException("run directory " + directory.path()
                + " is in use by another run. Wait until that has ended, or choose another directory.");
    }

    /** Return whether a process holds a directory: then its run goes on. */
    public static synchronized boolean isHeld(RunDirectory directory) {
        Path file = directory.path().resolve(FILE);
        try {
            if (!Files.exists(file)) {
                return false;
            }
            if (OURS.contains(directory.path().toRealPath())) {
                return true;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                    FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
                return lock == null;
            }
        } catch (IOException e) {
            return false; // where nothing can be locked, no run has locked anything
        }
    }

    @Override
    public void close() {
        synchronized (RunLock.class) {
            close(channel);
            OURS.remove(directory);
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is lost: a lock ends with the process at the latest.
        }
    }
}
