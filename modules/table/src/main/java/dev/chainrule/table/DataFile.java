package dev.chainrule.table;

import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Heap;
import dev.chainrule.math.Numbers;
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

/** Access to users' files: they are opened and unpacked, and faults are reported in plain words. */
public final class DataFile {
    private static final int GZIP_MAGIC_0 = 0x1f;
    private static final int GZIP_MAGIC_1 = 0x8b;
    /** A header and a trailer with nothing between them. */
    private static final int SHORTEST_GZIP = 18;
    /** Bytes at the end that contain the unpacked size. */
    private static final int GZIP_SIZE = 4;

    /** Bytes read at a time; fewer, such as GZIPInputStream's default of 512, make reading slower. */
    private static final int BUFFER = 1 << 16;

    private static final String DEVICE = "a device";
    private static final String UNKNOWN = "not a regular file";
    /** The bits of a file's mode that contain its kind. */
    private static final int KIND = 0xf000;

    private DataFile() {}

    /** A function that reads an open file. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(InputStream in) throws IOException;
    }

    /**
     * Read a file, uncompressed if it begins like gzip, whatever its name.
     *
     * @throws InputException if it is missing, a folder, a pipe or device, empty, or cannot be read as far as
     *     {@code reader} needs
     */
    public static <T> T read(Path path, Reader<T> reader) {
        try {
            requireFile(path);
            try (InputStream file = new BufferedInputStream(Files.newInputStream(path), BUFFER)) {
                return reader.read(uncompressed(file));
            }
        } catch (IOException e) {
            throw problem(e).inFile(path.toString());
        } catch (OutOfMemoryError e) {
            throw tooLarge().inFile(path.toString());
        }
    }

    /** Return the problem of a file that does not fit into memory; the caller adds its place. */
    public static InputException tooLarge() {
        return new InputException(
                "there is not enough memory to read the file: the program has " + Numbers.size(Heap.size()),
                moreMemory(Heap.largerCommand()));
    }

    static String moreMemory(String command) {
        return "Give the program more memory, as in " + command + ", or split the file.";
    }

    /** Return a file's contents, at most {@code limit} bytes: a gzip file of kilobytes can contain gigabytes. */
    public static byte[] bytes(Path path, int limit) {
        return read(path, in -> in.readNBytes(limit));
    }

    /**
     * Return the unpacked size that a file states; empty if it does not state one.
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

    /** Return an exception of the file system or of gzip in the user's terms. */
    public static InputException problem(IOException e) {
        if (e instanceof EOFException) {
            return new InputException(
                    "the gzip data is truncated", "The file is incomplete: copy or download it again.");
        }
        if (e instanceof ZipException) {
            return new InputException("the gzip data is corrupt", "The file is damaged: copy or download it again.");
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
        if (!Files.isRegularFile(path)) {
            throw new InputException(
                            "is " + kind(path) + "; a file is required",
                            "Data is read more than once: save it to a file and give that.")
                    .inFile(path.toString());
        }
        if (Files.size(path) == 0) {
            throw new InputException("the file is empty").inFile(path.toString());
        }
    }

    /** Return whether a path is a device, such as {@code /dev/zero}, which may never end. */
    public static boolean isDevice(Path path) {
        return kind(path).equals(DEVICE);
    }

    /** Return the kind of a path that is neither a file nor a folder. */
    private static String kind(Path path) {
        try {
            return switch ((Integer) Files.getAttribute(path, "unix:mode") & KIND) {
                case 0x1000 -> "a pipe";
                case 0x2000, 0x6000 -> DEVICE;
                case 0xc000 -> "a socket";
                default -> UNKNOWN;
            };
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return UNKNOWN; // a system without such modes
        }
    }

    /** Return the problem of a missing file; for a relative path, with the absolute path that was tried. */
    private static InputException missing(Path path) {
        return path.isAbsolute()
                ? new InputException("there is no such file")
                : new InputException(
                        "there is no such file",
                        "Looked for " + path.toAbsolutePath().normalize() + ".");
    }
}
