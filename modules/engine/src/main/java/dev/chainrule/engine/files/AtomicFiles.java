package dev.chainrule.engine.files;

import dev.chainrule.api.error.RunException;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files that appear whole or not at all: each is written beside its place, forced to disk, read back and renamed, and its
 * folder is forced to disk.
 */
public final class AtomicFiles {
    /** The ending of the names of files that are being written. */
    public static final String BESIDE = ".part";

    private static final int CHUNK = 1 << 16;

    private AtomicFiles() {}

    /** Write a text in UTF-8. */
    public static void write(Path file, String text) {
        write(file, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Write bytes.
     *
     * @throws RunException with the file and the system's reason; an older file of that name is left unchanged
     */
    public static void write(Path file, ByteBuffer... parts) {
        Path beside = beside(file);
        forgetInterruption();
        try {
            try (FileChannel channel = FileChannel.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                for (ByteBuffer part : parts) {
                    ByteBuffer rest = part.duplicate();
                    while (rest.hasRemaining()) {
                        channel.write(rest);
                    }
                }
                channel.force(true);
            }
            compare(beside, parts);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            delete(beside, e);
            throw failure(file, e);
        }
    }

    /** A channel closes itself in a thread that is interrupted. Only a plugin's code does that, and runs end by signals. */
    private static void forgetInterruption() {
        Thread.interrupted();
    }

    /**
     * Return the path at which a file is written before it is renamed; a file found there after a process has died can be
     * discarded.
     */
    public static Path beside(Path file) {
        return file.resolveSibling("." + file.getFileName() + BESIDE);
    }

    private static void compare(Path file, ByteBuffer... parts) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer read = ByteBuffer.allocate(CHUNK);
            for (ByteBuffer part : parts) {
                while (part.hasRemaining()) {
                    read.clear().limit(Math.min(CHUNK, part.remaining()));
                    while (read.hasRemaining() && channel.read(read) >= 0) {
                        // until the chunk is full
                    }
                    ByteBuffer written = part.slice(part.position(), read.position());
                    part.position(part.position() + read.limit());
                    if (read.hasRemaining() || !read.flip().equals(written)) {
                        throw new IOException("the data read back differs from the data written");
                    }
                }
            }
            if (channel.position() != channel.size()) {
                throw new IOException("the data read back is longer than the data written");
            }
        }
    }

    /**
     * Force the names in a folder to disk: files that were created, renamed or deleted in it. Without effect if there is no
     * such folder, and on systems that cannot open a folder, which force names by themselves.
     */
    public static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // the files are whole either way
        }
    }

    /** Create a folder with all missing folders above it, and force their names to disk. */
    public static void createFolders(Path folder) throws IOException {
        List<Path> missing = new ArrayList<>();
        for (Path path = folder.toAbsolutePath(); path != null && !Files.isDirectory(path); path = path.getParent()) {
            missing.add(path);
        }
        Files.createDirectories(folder);
        missing.forEach(path -> forceFolder(path.getParent()));
    }

    /**
     * Create a folder, but none above it: if the directory that it belongs to was removed, a part of that must not come back.
     *
     * @throws RunException with the folder and the system's reason
     */
    public static void createFolder(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder);
                forceFolder(folder.toAbsolutePath().getParent());
            }
        } catch (IOException e) {
            throw new RunException("cannot create " + folder + ": " + reason(e) + ".", e);
        }
    }

    /**
     * Force everything in a folder to disk, and its own name.
     *
     * @throws RunException with the file and the system's reason
     */
    public static void forceAll(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.forEach(path -> {
                if (Files.isDirectory(path)) {
                    forceFolder(path);
                } else {
                    force(path);
                }
            });
        } catch (IOException e) {
            throw failure(folder, e);
        } catch (UncheckedIOException e) {
            throw failure(folder, e.getCause());
        }
        forceFolder(folder.toAbsolutePath().getParent());
    }

    /**
     * Append a record to a file.
     *
     * @throws RunException with the file and the system's reason
     */
    public static void append(Path file, ByteBuffer record) {
        forgetInterruption();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE)) {
            while (record.hasRemaining()) {
                channel.write(record);
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** Force appended files to disk; missing ones are skipped. */
    public static void force(Path... files) {
        for (Path file : files) {
            if (Files.exists(file)) {
                // A plugin may have made its file read-only; not all systems can force a file that is opened to read.
                try (FileChannel channel = FileChannel.open(
                        file, Files.isWritable(file) ? StandardOpenOption.WRITE : StandardOpenOption.READ)) {
                    channel.force(true);
                } catch (IOException e) {
                    throw failure(file, e);
                }
            }
        }
    }

    /** Return a file's length; 0 if there is none. */
    public static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** Truncate a file to a length. */
    public static void truncate(Path file, long length) {
        if (size(file) > length) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(length);
                channel.force(true);
            } catch (IOException e) {
                throw failure(file, e);
            }
        }
    }

    /** Truncate a text to a number of lines. */
    public static void truncateToLines(Path file, int lines) {
        try {
            if (Files.exists(file)) {
                byte[] bytes = WholeFile.bytes(file);
                int end = 0;
                for (int line = 0; line < lines && end < bytes.length; end++) {
                    line += bytes[end] == '\n' ? 1 : 0;
                }
                truncate(file, end);
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** End the last line of a text if it has no line feed. */
    public static void endLine(Path file) {
        long size = size(file);
        if (size == 0) {
            return;
        }
        ByteBuffer last = ByteBuffer.allocate(1);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.read(last, size - 1);
            if (last.get(0) != '\n') {
                channel.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** Delete a file if it exists. */
    public static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new RunException("cannot delete " + file + ": " + reason(e) + ".", e);
        }
    }

    /** Return a failure that states which file could not be written, why, and what to do. */
    public static RunException failure(Path file, IOException e) {
        return new RunException("cannot write " + file + ": " + reason(e) + ". " + advice(e), e);
    }

    private static String advice(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "Was it removed or renamed, or its disk removed?";
        }
        if (e instanceof AccessDeniedException || reason(e).startsWith("Read-only")) {
            return "Make it writable, or choose another place.";
        }
        return "Free some space, or choose another place.";
    }

    /** Return the reason in words, without class names. */
    public static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "the folder does not exist";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file with that name exists";
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
