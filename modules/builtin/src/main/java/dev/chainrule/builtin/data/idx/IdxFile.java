package dev.chainrule.builtin.data.idx;

import dev.chainrule.api.error.InputException;
import dev.chainrule.builtin.data.LazyBytes;
import dev.chainrule.table.DataFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An IDX file of unsigned bytes.
 *
 * @param header the size of the file and of its examples
 * @param data all elements, one example after the other
 */
public record IdxFile(IdxHeader header, LazyBytes data) {
    /** The most bytes that are allocated because a header claims them; beyond, memory grows with the bytes read. */
    private static final int BELIEVED = 1 << 26;
    /** The size from which a file is read lazily; a smaller file is read whole. */
    private static final int LARGE = 1 << 20;
    /** Examples that are read of a large file at first: more than any command needs that does not train. */
    private static final int FIRST = 256;

    private static final int MOST_AT_FIRST = 1 << 22;

    /** The expected content of a file. */
    public enum Content {
        IMAGES("images", List.of("count", "height", "width")),
        LABELS("labels", List.of("count"));

        private final String label;
        private final List<String> dimensions;

        Content(String label, List<String> dimensions) {
            this.label = label;
            this.dimensions = dimensions;
        }

        String label() {
            return label;
        }

        List<String> dimensions() {
            return dimensions;
        }
    }

    /** Return the number of examples. */
    int count() {
        return header.dimensions().get(0);
    }

    /** Return the images with rows and columns exchanged. Takes over the data, which is exchanged in place. */
    IdxFile transposed() {
        List<Integer> size = header.dimensions();
        int rows = size.get(1);
        int columns = size.get(2);
        byte[] beginning = transpose(data.beginning().clone(), rows, columns);
        return new IdxFile(
                new IdxHeader(List.of(size.get(0), columns, rows)),
                LazyBytes.after(beginning, () -> transpose(data.all(), rows, columns)));
    }

    private static byte[] transpose(byte[] images, int rows, int columns) {
        byte[] stored = new byte[rows * columns];
        for (int first = 0; first < images.length; first += stored.length) {
            System.arraycopy(images, first, stored, 0, stored.length);
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    images[first + column * rows + row] = stored[row * columns + column];
                }
            }
        }
        return images;
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
     * Read a large file's header and first examples now, and the whole file when more is needed. Its length is checked
     * now.
     *
     * @param whole reads and checks all of it
     * @return empty if nothing is gained, or if there is a fault, which {@code whole} then reports at once
     */
    public static Optional<IdxFile> begin(Path path, Content content, Supplier<IdxFile> whole) {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try {
            long claimed = DataFile.claimedSize(path).orElse(0);
            return DataFile.read(path, in -> begin(in, content, claimed, whole, path.toString()));
        } catch (IOException | InputException e) {
            return Optional.empty();
        }
    }

    private static Optional<IdxFile> begin(
            InputStream in, Content content, long claimed, Supplier<IdxFile> whole, String place) throws IOException {
        IdxHeader header = IdxHeader.read(in, content);
        if (header.elements() < LARGE || header.fileSize() != claimed) {
            return Optional.empty();
        }
        int each = header.elementsEach();
        byte[] beginning = new byte[Math.min(Math.min(FIRST, header.dimensions().get(0)), MOST_AT_FIRST / each) * each];
        if (in.readNBytes(beginning, 0, beginning.length) < beginning.length) {
            return Optional.empty();
        }
        return Optional.of(new IdxFile(header, LazyBytes.after(beginning, () -> {
            IdxFile read = whole.get();
            if (!read.header.dimensions().equals(header.dimensions())) {
                throw new InputException("the file has changed since it was opened: its header claims " + read.header
                                + " instead of " + header)
                        .inFile(place);
            }
            return read.data.all();
        })));
    }

    /**
     * Read and check a stream to its end.
     *
     * @param place the file's name, for messages
     */
    public static IdxFile parse(InputStream in, Content content, String place) throws IOException {
        try {
            IdxHeader header = IdxHeader.read(in, content);
            int claim = header.elements();
            byte[] data = new byte[Math.min(claim, BELIEVED)];
            int count = in.readNBytes(data, 0, data.length);
            if (claim > data.length && count == data.length) {
                byte[] more = in.readNBytes(claim - count); // grows with the bytes read
                data = Arrays.copyOf(data, count + more.length);
                System.arraycopy(more, 0, data, count, more.length);
                count += more.length;
            }
            if (count < claim) {
                throw new InputException(
                        "the file is truncated: " + count + " of the " + claim + " bytes that its header claims ("
                                + header + ")",
                        "The file is incomplete: copy or download it again.");
            }
            if (in.read() != -1) {
                throw new InputException(
                        "more bytes follow the " + claim + " that the header claims (" + header + ")",
                        "The file is damaged or contains something else: copy or download it again.");
            }
            return new IdxFile(header, LazyBytes.of(data));
        } catch (InputException e) {
            throw e.inFile(place);
        }
    }
}
