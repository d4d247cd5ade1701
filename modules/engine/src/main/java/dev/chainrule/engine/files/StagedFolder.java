package dev.chainrule.engine.files;

import dev.chainrule.api.error.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A folder that appears whole or not at all: it is filled below a hidden folder beside its place, forced to disk and renamed.
 *
 * <p>The hidden folder is locked while it is filled. So a folder with a free lock was left by a process that was killed or
 * lost power, and is removed.
 */
public final class StagedFolder implements AutoCloseable {
    private final Path target;
    private final Path beside;
    private final FolderLock lock;
    private final boolean tookOver;

    private StagedFolder(Path target, Path beside, FolderLock lock, boolean tookOver) {
        this.target = target;
        this.beside = beside;
        this.lock = lock;
        this.tookOver = tookOver;
    }

    /**
     * Begin to fill a folder, after removing the remains of an earlier process.
     *
     * @throws IOException if the hidden folder cannot be created or emptied
     * @throws RunException if another process is filling it
     */
    public static StagedFolder begin(Path target) throws IOException {
        Path beside = AtomicFiles.beside(target);
        boolean isThere = Files.isDirectory(beside);
        if (!isThere) {
            Files.createDirectory(beside);
        }
        FolderLock lock = FolderLock.tryTake(beside)
                .orElseThrow(() -> new RunException(
                        "'" + target + "' is being written by another process. Wait until that has ended."));
        StagedFolder staged = new StagedFolder(target, beside, lock, isThere);
        try {
            staged.empty();
            Files.createDirectory(staged.path());
            return staged;
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    /** Return whether a path leads into a hidden folder of this kind. */
    public static boolean isInside(Path path) {
        for (Path name : path) {
            if (name.toString().startsWith(".") && name.toString().endsWith(AtomicFiles.BESIDE)) {
                return true;
            }
        }
        return false;
    }

    /** Return the folder to fill. */
    public Path path() {
        return beside.resolve(target.getFileName());
    }

    /** Return the hidden folder, if an earlier process left one. */
    public List<Path> removed() {
        return tookOver ? List.of(beside) : List.of();
    }

    /**
     * Rename the folder to its final name.
     *
     * @throws RunException if a file cannot be forced to disk
     */
    public void finish() throws IOException {
        AtomicFiles.forceAll(path());
        Files.move(path(), target, StandardCopyOption.ATOMIC_MOVE);
        AtomicFiles.forceFolder(target.toAbsolutePath().getParent());
    }

    /**
     * Remove the hidden folder with everything in it, including the lock's file while it is locked: a process that opened the
     * file meanwhile finds no folder to fill. If the system refuses a removal, the next process repeats it.
     */
    @Override
    public void close() {
        try {
            FolderWalk.delete(beside);
        } catch (IOException e) {
            // the folder has its name, or the reason for its failure is being thrown
        } finally {
            lock.close();
        }
    }

    private void empty() throws IOException {
        for (Path left : FolderWalk.paths(beside, 1, false)) {
            if (!left.equals(beside) && !left.equals(beside.resolve(FolderLock.FILE))) {
                FolderWalk.delete(left);
            }
        }
    }
}
