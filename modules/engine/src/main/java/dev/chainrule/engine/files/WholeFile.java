package dev.chainrule.engine.files;

import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Heap;
import dev.chainrule.math.Numbers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Files that are read as a whole, after a check that they have an end and fit into memory: the files of a run may come from an
 * untrusted source.
 */
public final class WholeFile {
    /** The bytes and the objects made of them are in memory together. */
    private static final int SHARE = 4;

    private WholeFile() {}

    /**
     * Read a file.
     *
     * @throws InputException if it is a pipe or device, or too large for the memory
     */
    public static byte[] bytes(Path file) throws IOException {
        return bytes(file, Heap.size() / SHARE);
    }

    /**
     * Read a file.
     *
     * @param most bytes that are allowed
     * @throws InputException if it is a pipe or device, or larger
     */
    public static byte[] bytes(Path file, long most) throws IOException {
        requireEnd(file);
        long size = Files.size(file);
        if (size > Math.min(most, Integer.MAX_VALUE / 2)) {
            throw new InputException(
                            "the file has " + Numbers.size(size) + ", more than the maximum of " + Numbers.size(most),
                            "The file is damaged or was not written by this program.")
                    .inFile(file.toString());
        }
        return Files.readAllBytes(file);
    }

    /**
     * Read a file of text in UTF-8.
     *
     * @throws InputException if it is a pipe or device, or too large for the memory
     * @throws CharacterCodingException if it is not UTF-8
     */
    public static String text(Path file) throws IOException {
        return text(file, Heap.size() / SHARE);
    }

    /**
     * Read a file of text in UTF-8.
     *
     * @param most bytes that are allowed
     * @throws InputException if it is a pipe or device, or larger
     * @throws CharacterCodingException if it is not UTF-8
     */
    public static String text(Path file, long most) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes(file, most)))
                .toString();
    }

    /**
     * Check that a file is not of a kind that may have no end, or no writer.
     *
     * @throws InputException if it is a pipe, a device or a socket
     */
    static void requireEnd(Path file) throws IOException {
        if (Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
            throw new InputException("is a pipe, a device or a socket; a file is required").inFile(file.toString());
        }
    }
}
