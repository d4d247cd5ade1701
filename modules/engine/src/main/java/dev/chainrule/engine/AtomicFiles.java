package dev.chainrule.engine;

import dev.chainrule.api.RunException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Write files that appear whole or not at all: write beside, force to disk, rename. */
public final class AtomicFiles {
    private AtomicFiles() {}

    /** Write a text in UTF-8. */
    public static void write(Path file, String text) {
        write(file, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Write bytes.
     *
     * @throws RunException naming the file and what the system said; an older file of that name is left as it was
     */
    public static void write(Path file, ByteBuffer... parts) {
        Path beside = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                for (ByteBuffer part : parts) {
                    while (part.hasRemaining()) {
                        channel.write(part);
                    }
                }
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            delete(beside, e);
            throw failure(file, e);
        }
    }

    /**
     * Append a record to a file.
     *
     * @throws RunException naming the file and what the system said
     */
    static void append(Path file, ByteBuffer record) {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE)) {
            while (record.hasRemaining()) {
                channel.write(record);
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** Force appended files to disk; those that do not exist are passed over. */
    static void force(Path... files) {
        for (Path file : files) {
            if (Files.exists(file)) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(true);
                } catch (IOException e) {
                    throw failure(file, e);
                }
            }
        }
    }

    /** Return a failure that says which file could not be written, why, and what to do. */
    static RunException failure(Path file, IOException e) {
        return new RunException(
                "cannot write " + file + ": " + reason(e) + ". Free some space, or choose another place.", e);
    }

    /** Return what went wrong in words, without class names. */
    public static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "the folder does not exist";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file of that name is in the way";
        }
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return String.valueOf(e.getMessage());
    }

    private static void delete(Path beside, IOException cause) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
