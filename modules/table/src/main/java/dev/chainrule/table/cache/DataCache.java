package dev.chainrule.table.cache;

import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Numbers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A cache of prepared examples on disk: a file for each entry, named by a hash of everything that its bytes depend on, so that
 * an entry is never out of date.
 *
 * <p>An entry appears as a whole: it is written under a name of its own ({@code .part}), forced to disk and renamed. So a
 * process that is killed leaves a file that nobody reads, and which the next writer of the entry deletes. Two processes that
 * need one entry do not both prepare it: the second waits for the first one's lock, which ends with its process. Nothing but
 * time depends on the lock; if the file system has no locks, both write, and both write the same.
 *
 * <p>The time of a file's last modification is that of its last use. If all entries together exceed the limit, those that were
 * not used for the longest time are deleted after a new one was written. A process that has mapped a deleted entry can still
 * read it (on Windows, the system refuses to delete it).
 */
public final class DataCache {
    static final String ENDING = ".cache";
    private static final String PART = ".part";
    private static final String LOCK = ".lock";
    private static final String FOLDER = "data";
    private static final long POLL_MILLISECONDS = 50;
    /** A maker whose files are always deleted before they are complete does not go on forever. */
    private static final int ATTEMPTS = 3;

    private final Path folder;
    private final long limit;

    /**
     * Create the cache of a folder.
     *
     * @param root the folder, which need not exist; the entries are in {@code data}
     * @param limit the most bytes of all entries together
     */
    DataCache(Path root, long limit) {
        this.folder = root.resolve(FOLDER);
        this.limit = limit;
    }

    /** Return the user's cache; see {@link CacheFolder}. */
    public static DataCache of(Function<String, Optional<String>> environment) {
        return new DataCache(CacheFolder.of(environment), CacheFolder.limit(environment));
    }

    /** A function that prepares the records of an entry. */
    @FunctionalInterface
    public interface Maker {
        /**
         * Write the records.
         *
         * @throws InputException if they cannot be prepared; the entry is then not written
         */
        void make(CacheWriter out) throws IOException;
    }

    /**
     * An entry in a list.
     *
     * @param bytes of its file
     */
    public record Entry(Path file, String label, long bytes, Instant lastUsed) {}

    /** Return the folder of the entries, which need not exist. */
    public Path folder() {
        return folder;
    }

    /** Return the most bytes of all entries together. */
    public long limit() {
        return limit;
    }

    /** Return an entry if there is one. */
    public Optional<CachedRecords> find(CacheKey key) {
        Path file = folder.resolve(key.file());
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try {
            Optional<CacheHeader> header = CacheHeader.read(file)
                    .filter(found -> found.sha256().equals(key.sha256()) && found.each() == key.each());
            if (header.isEmpty()) {
                return Optional.empty();
            }
            markUsed(file);
            return Optional.of(CachedRecords.open(file, header.get()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new InputException("the cache cannot be read: " + reason(e), otherFolder()).inFile(file.toString());
        }
    }

    /** Return an entry, which is prepared if there is none. */
    public CachedRecords get(CacheKey key, Maker maker) {
        Optional<CachedRecords> found = find(key);
        return found.isPresent() ? found.get() : make(key, maker);
    }

    private CachedRecords make(CacheKey key, Maker maker) {
        if (key.bytes() > limit) {
            throw new InputException(
                    "the prepared examples have " + Numbers.size(key.bytes()) + ", but the cache at most "
                            + Numbers.size(limit),
                    "Set " + CacheFolder.LIMIT + " to a larger number of GiB, or choose a smaller size.");
        }
        requireFolder();
        Path lockFile = folder.resolve(key.file() + LOCK);
        try {
            Files.createDirectories(folder);
            requireSpace(key);
            try (FileChannel channel =
                    FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock(channel);
                return makeLocked(key, maker);
            } finally {
                Files.deleteIfExists(lockFile);
            }
        } catch (IOException e) {
            throw new InputException("the cache cannot be written: " + reason(e), otherFolder())
                    .inFile(folder.toString());
        }
    }

    private CachedRecords makeLocked(CacheKey key, Maker maker) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<CachedRecords> found = find(key);
            if (found.isPresent()) {
                return found.get();
            }
            deleteParts(key.file());
            try {
                write(key, maker);
                evict(folder.resolve(key.file()));
            } catch (NoSuchFileException e) {
                // another process has deleted it: once more
            }
        }
        return find(key).orElseThrow(() -> new IOException("its files are deleted while they are written"));
    }

    private void requireFolder() {
        Path existing = folder;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing != null && !Files.isDirectory(existing)) {
            throw new InputException(
                            "is a file, but the cache is a folder",
                            "Set " + CacheFolder.VARIABLE + " to another folder.")
                    .inFile(existing.toString());
        }
    }

    private void requireSpace(CacheKey key) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < key.bytes()) {
            throw new InputException(
                            "the prepared examples need " + Numbers.size(key.bytes())
                                    + ", but the disk of the cache has " + Numbers.size(free) + " left",
                            otherFolder())
                    .inFile(folder.toString());
        }
    }

    /** Wait for the lock. Polling, since a thread of this process may hold it, too. */
    private static void lock(FileChannel channel) {
        try {
            while (!tryLock(channel)) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean tryLock(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return true; // a file system without locks
        }
    }

    private void write(CacheKey key, Maker maker) throws IOException {
        Path part = Files.createTempFile(folder, key.file() + ".", PART);
        try {
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                CacheWriter writer = new CacheWriter(channel);
                maker.make(writer);
                writer.finish(key);
            }
            Files.move(
                    part,
                    folder.resolve(key.file()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Delete files that processes left which were killed while they wrote. */
    private void deleteParts(String name) throws IOException {
        for (Path path : paths(PART)) {
            if (path.getFileName().toString().startsWith(name)) {
                Files.deleteIfExists(path);
            }
        }
    }

    private void evict(Path newest) throws IOException {
        long total = 0;
        for (Entry entry : list()) {
            total += entry.bytes();
        }
        for (Entry entry : list()) {
            if (total > limit && !entry.file().equals(newest)) {
                Files.deleteIfExists(entry.file());
                total -= entry.bytes();
            }
        }
    }

    /** Return all entries, the one that was not used for the longest time first. */
    public List<Entry> list() {
        List<Entry> entries = new ArrayList<>();
        try {
            for (Path path : paths(ENDING)) {
                CacheHeader.read(path)
                        .map(header -> new Entry(path, header.label(), header.fileSize(), lastUsed(path)))
                        .ifPresent(entries::add);
            }
        } catch (IOException e) {
            throw new InputException("the cache cannot be read: " + reason(e), otherFolder()).inFile(folder.toString());
        }
        entries.sort(Comparator.comparing(Entry::lastUsed).thenComparing(Entry::file));
        return entries;
    }

    /**
     * Delete all entries, and files that killed processes left; those that are being written stay.
     *
     * @return the freed bytes
     */
    public long clear() {
        long freed = 0;
        try {
            for (Path path : paths(ENDING)) {
                freed += delete(path);
            }
            for (Path path : paths(PART)) {
                String name = path.getFileName().toString();
                Path lockFile = folder.resolve(name.substring(0, name.indexOf(ENDING) + ENDING.length()) + LOCK);
                freed += isHeld(lockFile) ? 0 : delete(path);
            }
        } catch (IOException e) {
            throw new InputException("the cache cannot be cleared: " + reason(e), "Delete the folder.")
                    .inFile(folder.toString());
        }
        return freed;
    }

    private static long delete(Path path) throws IOException {
        long size = Files.size(path);
        Files.deleteIfExists(path);
        return size;
    }

    private static boolean isHeld(Path lockFile) {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private List<Path> paths(String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static void markUsed(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            // a folder that is read-only has no order of use
        }
    }

    private static Instant lastUsed(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file with that name exists";
        }
        return e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(e.getMessage());
    }

    private static String otherFolder() {
        return "Make it writable and large enough, or set " + CacheFolder.VARIABLE + " to another folder.";
    }
}
