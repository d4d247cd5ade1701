package dev.chainrule.builtin.data;

import dev.chainrule.api.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Hold an IDX file of unsigned bytes.
 *
 * <p>The format (Y. LeCun, C. Cortes, C. Burges, "The MNIST database", section on file formats): two zero bytes, a type code
 * (0x08: unsigned byte), the number of dimensions, each dimension as a big-endian 32-bit integer, then the elements, the last
 * dimension running fastest.
 */
final class IdxFile {
    private static final int MAGIC = 4;
    private static final int UNSIGNED_BYTE = 0x08;
    /** What a header claims is allocated at once up to this; beyond, memory is taken for what is really there. */
    private static final int BELIEVED = 1 << 26;

    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    /** What a file is expected to hold. */
    enum Content {
        IMAGES("images", List.of("count", "height", "width")),
        LABELS("labels", List.of("count"));

        private final String label;
        private final List<String> dimensions;

        Content(String label, List<String> dimensions) {
            this.label = label;
            this.dimensions = dimensions;
        }
    }

    private final int[] dimensions;
    private final byte[] data;

    private IdxFile(int[] dimensions, byte[] data) {
        this.dimensions = dimensions;
        this.data = data;
    }

    /** Return the number of examples. */
    int count() {
        return dimensions[0];
    }

    /** Return one dimension: of images 0 is the count, 1 the height, 2 the width. */
    int dimension(int index) {
        return dimensions[index];
    }

    /** Return all elements. Not copied. */
    byte[] data() {
        return data;
    }

    /**
     * Read and check a file, gzip or not.
     *
     * @throws InputException if it is missing, or anything but a whole IDX file of this content
     */
    static IdxFile read(Path path, Content content) {
        return DataFile.read(path, in -> parse(in, content, path.toString()));
    }

    /**
     * Read and check a stream to its end.
     *
     * @param place the file's name, for messages
     */
    static IdxFile parse(InputStream in, Content content, String place) throws IOException {
        try {
            int[] dimensions = header(in, content);
            long claim = Arrays.stream(dimensions).asLongStream().reduce(1, (a, b) -> a * b);
            byte[] data = new byte[(int) Math.min(claim, BELIEVED)];
            int count = in.readNBytes(data, 0, data.length);
            if (claim > data.length && count == data.length) {
                byte[] more = in.readNBytes((int) claim - count); // grows with what is there
                data = Arrays.copyOf(data, count + more.length);
                System.arraycopy(more, 0, data, count, more.length);
                count += more.length;
            }
            if (count < claim) {
                throw new InputException(
                        "the file is cut off: " + count + " of the " + claim + " bytes that its header claims ("
                                + join(dimensions) + ")",
                        "The file is not whole: copy or download it again.");
            }
            if (in.read() != -1) {
                throw new InputException(
                        "more bytes follow the " + claim + " that the header claims (" + join(dimensions) + ")",
                        "The file is damaged or holds something else: copy or download it again.");
            }
            return new IdxFile(dimensions, data);
        } catch (InputException e) {
            throw e.inFile(place);
        }
    }

    private static int[] header(InputStream in, Content content) throws IOException {
        byte[] magic = in.readNBytes(MAGIC);
        if (magic.length < MAGIC) {
            throw cutOff(magic.length, MAGIC);
        }
        if (magic[0] != 0 || magic[1] != 0) {
            throw new InputException(
                    "this is no IDX file: it begins with "
                            + HexFormat.ofDelimiter(" ").formatHex(magic),
                    "An IDX file of " + content.label + " begins with 00 00 08 0" + content.dimensions.size()
                            + ", after unpacking if it is gzip.");
        }
        if (magic[2] != UNSIGNED_BYTE) {
            throw new InputException(
                    "its elements are " + typeName(magic[2] & 0xff), "Only unsigned bytes (type code 0x08) are read.");
        }
        List<String> names = content.dimensions;
        int rank = magic[3] & 0xff;
        if (rank != names.size()) {
            throw new InputException(
                    "the file has " + rank + (rank == 1 ? " dimension, " : " dimensions, ") + content.label + " have "
                            + names.size() + ": " + String.join(", ", names),
                    "Are images and labels exchanged?");
        }
        byte[] sizes = in.readNBytes(rank * Integer.BYTES);
        if (sizes.length < rank * Integer.BYTES) {
            throw cutOff(MAGIC + sizes.length, MAGIC + rank * Integer.BYTES);
        }
        return dimensions(ByteBuffer.wrap(sizes), names);
    }

    private static int[] dimensions(ByteBuffer sizes, List<String> names) {
        long[] claimed = new long[names.size()];
        for (int i = 0; i < claimed.length; i++) {
            claimed[i] = Integer.toUnsignedLong(sizes.getInt());
            if (claimed[i] == 0) {
                throw new InputException(
                        "its header claims a " + names.get(i) + " of 0", "There is nothing to learn from such a file.");
            }
        }
        long room = LARGEST_ARRAY;
        for (long size : claimed) {
            room /= size;
        }
        if (room == 0) {
            String claim = Arrays.stream(claimed).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
            throw new InputException(
                    "its header claims " + claim + " bytes", "At most " + LARGEST_ARRAY + " are read.");
        }
        return Arrays.stream(claimed).mapToInt(Math::toIntExact).toArray();
    }

    private static InputException cutOff(int received, int needed) {
        return new InputException(
                "the header is cut off: " + received + " of its " + needed + " bytes",
                "The file is not whole: copy or download it again.");
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

    private static String join(int[] dimensions) {
        return Arrays.stream(dimensions).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
    }
}
