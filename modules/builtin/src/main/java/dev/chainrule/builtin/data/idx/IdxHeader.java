package dev.chainrule.builtin.data.idx;

import dev.chainrule.api.error.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The header of an IDX file of unsigned bytes.
 *
 * <p>The format (Y. LeCun, C. Cortes, C. Burges, "The MNIST database", section on file formats): two zero bytes, a type
 * code (0x08: unsigned byte), the number of dimensions, each dimension as a big-endian 32-bit integer; after that the
 * elements, the last dimension running fastest.
 *
 * @param dimensions of images the count, the height and the width, of labels the count; no more elements than an array
 *     can contain
 */
public record IdxHeader(List<Integer> dimensions) {
    private static final int MAGIC = 4;
    private static final int UNSIGNED_BYTE = 0x08;
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    /** Return the number of bytes after the header. */
    int elements() {
        int elements = 1;
        for (int size : dimensions) {
            elements *= size;
        }
        return elements;
    }

    /** Return the number of bytes per example. */
    int elementsEach() {
        return elements() / dimensions.get(0);
    }

    /** Return the length of the file, unpacked. */
    long fileSize() {
        return MAGIC + (long) dimensions.size() * Integer.BYTES + elements();
    }

    /** Return the dimensions in words: {@code 60000 x 28 x 28}. */
    @Override
    public String toString() {
        return join(dimensions);
    }

    private static String join(List<?> sizes) {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining(" x "));
    }

    /**
     * Read and check a header.
     *
     * @throws InputException if it is anything but that of unsigned bytes of this content
     */
    static IdxHeader read(InputStream in, IdxFile.Content content) throws IOException {
        byte[] magic = in.readNBytes(MAGIC);
        if (magic.length < MAGIC) {
            throw cutOff(magic.length, MAGIC);
        }
        if (magic[0] != 0 || magic[1] != 0) {
            throw new InputException(
                    "not an IDX file: it begins with "
                            + HexFormat.ofDelimiter(" ").formatHex(magic),
                    "An IDX file of " + content.label() + " begins with 00 00 08 0"
                            + content.dimensions().size() + ", after decompression if it is gzip.");
        }
        if (magic[2] != UNSIGNED_BYTE) {
            throw new InputException(
                    "its elements are " + typeName(magic[2] & 0xff),
                    "Only unsigned bytes (type code 0x08) are supported.");
        }
        List<String> names = content.dimensions();
        int rank = magic[3] & 0xff;
        if (rank != names.size()) {
            throw new InputException(
                    "the file has " + rank + (rank == 1 ? " dimension, but " : " dimensions, but ") + content.label()
                            + " have " + names.size() + ": " + String.join(", ", names),
                    "Are images and labels swapped?");
        }
        byte[] sizes = in.readNBytes(rank * Integer.BYTES);
        if (sizes.length < rank * Integer.BYTES) {
            throw cutOff(MAGIC + sizes.length, MAGIC + rank * Integer.BYTES);
        }
        return new IdxHeader(dimensions(ByteBuffer.wrap(sizes), names));
    }

    private static List<Integer> dimensions(ByteBuffer sizes, List<String> names) {
        List<Long> claimed = new ArrayList<>();
        long room = LARGEST_ARRAY;
        for (String name : names) {
            long size = Integer.toUnsignedLong(sizes.getInt());
            if (size == 0) {
                throw new InputException(
                        "its header claims a " + name + " of 0", "There is nothing to learn from such a file.");
            }
            claimed.add(size);
            room /= size;
        }
        if (room == 0) {
            throw new InputException(
                    "its header claims " + join(claimed) + " bytes", "At most " + LARGEST_ARRAY + " are supported.");
        }
        return claimed.stream().map(Math::toIntExact).toList();
    }

    private static InputException cutOff(int received, int needed) {
        return new InputException(
                "the header is truncated: " + received + " of its " + needed + " bytes",
                "The file is incomplete: copy or download it again.");
    }

    private static String typeName(int code) {
        String name = switch (code) {
            case 0x09 -> "signed bytes";
            case 0x0b -> "16-bit integers";
            case 0x0c -> "32-bit integers";
            case 0x0d -> "float32 numbers";
            case 0x0e -> "float64 numbers";
            default -> "of an unknown type";
        };
        return name + " (type code 0x" + HexFormat.of().toHexDigits((byte) code) + ")";
    }
}
