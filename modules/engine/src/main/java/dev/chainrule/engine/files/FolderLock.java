package dev.chainrule.engine.files;

import dev.chainrule.api.error.RunException;
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
 * The lock of a folder for one process. The system keeps the lock, so that it ends with the process, however that ends. The
 * file {@code .lock} stays: deleting it would let two processes lock two files of that name.
 */
public final class FolderLock implements AutoCloseable {
    public static final String FILE = ".lock";

    private static final long POLL_MILLISECONDS = 20;

    /**
     * The folders that this process has locked, guarded by the class. A POSIX system releases a process's lock on a file as
     * soon as the process closes any channel to that file, so no second channel may be opened. The set is static because such
     * a lock belongs to the process: if each caller of {@code Program.run} had its own set, two of them in one JVM would not
     * know of each other, and the second would release the first one's lock by testing it.
     */
    private static final Set<Path> OURS = new TreeSet<>();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Take the lock, waiting up to the given time for others to release it; empty if none does, or if the thread is
     * interrupted.
     *
     * @throws RunException if the file cannot be written
     */
    public static Optional<FolderLock> take(Path folder, Duration patience) {
        try {
            Optional<FolderLock> lock = tryTake(folder);
            for (long waited = 0; lock.isEmpty() && waited < patience.toMillis(); waited += POLL_MILLISECONDS) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLISECONDS);
                lock = tryTake(folder);
            }
            return lock;
        } catch (IOException e) {
            throw AtomicFiles.failure(folder.resolve(FILE), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /**
     * Take the lock if it is free. The name of its file is forced to disk, so that a power loss that spares files created
     * under the lock spares the lock's file too.
     *
     * @throws IOException if the file cannot be written
     */
    public static synchronized Optional<FolderLock> tryTake(Path folder) throws IOException {
        Path ours = folder.toRealPath();
        if (OURS.contains(ours)) {
            return Optional.empty();
        }
        FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } finally {
            if (!taken) {
                close(channel);
            }
        }
        if (!taken) {
            return Optional.empty();
        }
        OURS.add(ours);
        AtomicFiles.forceFolder(folder);
        return Optional.of(new FolderLock(ours, channel));
    }

    /** Return whether a process has locked a folder. */
    public static synchronized boolean isHeld(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                return false;
            }
            if (OURS.contains(folder.toRealPath())) {
                return true;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                    FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
                return lock == null;
            }
        } catch (IOException e) {
            return false; // if nothing can be locked, nobody has locked anything
        }
    }

    @Override
    public void close() {
        synchronized (FolderLock.class) {
            close(channel);
            OURS.remove(folder);
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
