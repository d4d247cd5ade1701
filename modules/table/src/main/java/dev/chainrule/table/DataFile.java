package dev.chainrule.table;

import dev.chainrule.api.InputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Files that users name: opened, unpacked, and plainly reported when something is wrong with one. */
public final class DataFile {
    private static final int GZIP_MAGIC_0 = 0x1f;
    private static final int GZIP_MAGIC_1 = 0x8b;
    /** A header and a trailer with nothing between them. */
    private static final int SHORTEST_GZIP = 18;
    /** Bytes at the end that say how much was packed. */
    private static final int GZIP_SIZE = 4;

    /** Bytes read at a time; fewer, such as the 512 that GZIPInputStream takes by itself, make reading slower. */
    private static final int BUFFER = 1 << 16;

    private DataFile() {}

    /** Read from an open file. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(InputStream in) throws IOException;
    }

    /**
     * Read a file, uncompressed if it begins like gzip, whatever its name.
     *
     * @throws InputException if it is missing, a folder, empty, or cannot be read to where {@code reader} wants to
     */
    public static <T> T read(Path path, Reader<T> reader) {
        try {
            requireFile(path);
            try (InputStream file = new BufferedInputStream(Files.newInputStream(path), BUFFER)) {
                return reader.read(uncompressed(file));
            }
        } catch (IOException e) {
            throw problem(e).inFile(path.toString());
        }
    }

    /** Return what a file holds, at most {@code limit} bytes of it: a gzip file of kilobytes can hold gigabytes. */
    public static byte[] bytes(Path path, int limit) {
        return read(path, in -> in.readNBytes(limit));
    }

    /**
     * Return how many bytes a file says it holds, unpacked; nothing where it does not say.
     *
     * <p>Gzip ends with that number modulo 2³² (RFC 1952, section 2.3.1), of its last member: it may be wrong.
     */
    public static OptionalLong claimedSize(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            if (file.size() < SHORTEST_GZIP) {
                return OptionalLong.empty();
            }
            ByteBuffer ends = ByteBuffer.allocate(GZIP_SIZE).order(ByteOrder.LITTLE_ENDIAN);
            file.read(ends, 0);
            boolean gzip = (ends.get(0) & 0xff) == GZIP_MAGIC_0 && (ends.get(1) & 0xff) == GZIP_MAGIC_1;
            if (!gzip) {
                return OptionalLong.of(file.size());
            }
            file.read(ends.clear(), file.size() - GZIP_SIZE);
            return OptionalLong.of(Integer.toUnsignedLong(ends.getInt(0)));
        }
    }

    /** Return the stream's content without gzip around it. */
    public static InputStream uncompressed(InputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == GZIP_MAGIC_0 && in.read() == GZIP_MAGIC_1;
        in.reset();
        return gzip ? new GZIPInputStream(in, BUFFER) : in;
    }

    /** Return what an exception of the file system or of gzip means to the user. */
    public static InputException problem(IOException e) {
        if (e instanceof EOFException) {
            return new InputException("the gzip data are cut off", "The file is not whole: copy or download it again.");
        }
        if (e instanceof ZipException) {
            return new InputException("the gzip data are corrupt", "The file is damaged: copy or download it again.");
        }
        if (e instanceof AccessDeniedException) {
            return new InputException("the file cannot be read: permission denied");
        }
        return new InputException("the file cannot be read: " + e.getMessage());
    }

    private static void requireFile(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw missing(path).inFile(path.toString());
        }
        if (Files.isDirectory(path)) {
            throw new InputException("is a folder; a file is required").inFile(path.toString());
        }
        if (Files.isRegularFile(path) && Files.size(path) == 0) {
            throw new InputException("the file is empty").inFile(path.toString());
        }
    }

    /** A path that is absolute shows where the file was looked for. */
    private static InputException missing(Path path) {
        return path.isAbsolute()
                ? new InputException("there is no such file")
                : new InputException(
                        "there is no such file",
                        "Looked for " + path.toAbsolutePath().normalize() + ".");
    }
}
