package dev.chainrule.engine;

import dev.chainrule.api.InputException;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.FloatMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Read a safetensors file. Nothing is believed before it is checked against the file's size, no more is allocated than the file
 * has bytes, and nothing is returned before all of it was found right.
 */
final class SafetensorsReader {
    private static final int LARGEST_HEADER = 100_000_000;

    private final SortedMap<String, String> metadata = new TreeMap<>();
    private final List<Place> places = new ArrayList<>();
    private byte[] header;
    private long size;

    private SafetensorsReader() {}

    private record Place(String name, Precision precision, int rows, int columns, long from, long to) {}

    /** Read all, with a checksum that must be there or may. */
    static Safetensors read(Path file, boolean sealed) {
        return reading(file, channel -> {
            SafetensorsReader reader = new SafetensorsReader();
            reader.header(channel);
            if (sealed && !reader.metadata.containsKey(Safetensors.CHECKSUM)) {
                throw new IllegalArgumentException("it has no checksum");
            }
            return reader.body(channel);
        });
    }

    /** Read the metadata alone. Nothing of it is proven. */
    static SortedMap<String, String> metadata(Path file) {
        return reading(file, channel -> {
            SafetensorsReader reader = new SafetensorsReader();
            reader.header(channel);
            return reader.metadata;
        });
    }

    private interface Reading<T> {
        T read(FileChannel channel) throws IOException;
    }

    private static <T> T reading(Path file, Reading<T> reading) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return reading.read(channel);
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file.toString());
        } catch (OutOfMemoryError e) {
            throw new InputException(
                            "is larger than the memory",
                            "Give the program more, as java -Xmx4g -jar pipeline.jar does.")
                    .inFile(file.toString());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new InputException(
                            "not a whole safetensors file: " + e.getMessage(),
                            "The file is damaged or was not written by this program.")
                    .inFile(file.toString());
        }
    }

    private void header(FileChannel channel) throws IOException {
        long bytes = channel.size();
        if (bytes < Safetensors.LENGTH_BYTES) {
            throw new IllegalArgumentException("it has " + bytes + " bytes");
        }
        long length = take(channel, Safetensors.LENGTH_BYTES).getLong();
        long follow = bytes - Safetensors.LENGTH_BYTES;
        if (length < 2 || length > LARGEST_HEADER || length > follow) {
            throw new IllegalArgumentException(
                    "the header would be " + length + " bytes of " + follow + " that follow");
        }
        header = take(channel, (int) length).array();
        size = follow - length;
        if (!(JsonReader.read(text(header)) instanceof Map<?, ?> entries)) {
            throw new IllegalArgumentException("the header is no mapping");
        }
        entries.forEach((key, value) -> {
            if (!(value instanceof Map<?, ?> description)) {
                throw new IllegalArgumentException("'" + key + "' is no mapping");
            }
            if (key.equals(Safetensors.METADATA)) {
                description.forEach((name, text) -> metadata.put((String) name, String.valueOf(text)));
            } else {
                places.add(place((String) key, description));
            }
        });
        places.sort(Comparator.comparingLong(Place::from).thenComparingLong(Place::to));
        long end = 0;
        for (Place place : places) {
            if (place.from() != end) {
                throw new IllegalArgumentException("tensors overlap or leave a gap at byte " + end);
            }
            end = place.to();
        }
        if (end != size) {
            throw new IllegalArgumentException("tensors end at byte " + end + " of " + size);
        }
    }

    private Place place(String name, Map<?, ?> description) {
        Precision precision = "F32".equals(description.get("dtype"))
                ? Precision.FLOAT32
                : "F64".equals(description.get("dtype")) ? Precision.FLOAT64 : null;
        long[] shape = longs(description.get("shape"));
        long[] offsets = longs(description.get("data_offsets"));
        if (precision == null || shape.length != 2 || offsets.length != 2) {
            throw new IllegalArgumentException("tensor '" + name + "' is not a matrix of F32 or F64");
        }
        long from = offsets[0];
        long to = offsets[1];
        if (shape[0] < 0
                || shape[1] < 0
                || shape[0] > Integer.MAX_VALUE
                || shape[1] > Integer.MAX_VALUE
                || from < 0
                || to < from
                || to > size
                || to - from != Math.multiplyExact(shape[0] * shape[1], (long) precision.bytes())) {
            throw new IllegalArgumentException("tensor '" + name + "' does not fit its place");
        }
        return new Place(name, precision, (int) shape[0], (int) shape[1], from, to);
    }

    private Safetensors body(FileChannel channel) throws IOException {
        String checksum = metadata.remove(Safetensors.CHECKSUM);
        MessageDigest digest = Sha256.digest();
        if (checksum != null) {
            digest.update(ByteBuffer.allocate(Safetensors.LENGTH_BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .flip());
            digest.update(SafetensorsChecksum.unsealed(header));
        }
        SortedMap<String, Matrix> tensors = new TreeMap<>();
        for (Place place : places) {
            ByteBuffer bytes = take(channel, Math.toIntExact(place.to() - place.from()));
            digest.update(bytes.duplicate());
            Matrix tensor = place.precision() == Precision.FLOAT32
                    ? new FloatMatrix(place.rows(), place.columns())
                    : new DoubleMatrix(place.rows(), place.columns());
            tensor.read(bytes);
            tensors.put(place.name(), tensor);
        }
        if (checksum != null && !checksum.equals(HexFormat.of().formatHex(digest.digest()))) {
            throw new IllegalArgumentException("its checksum is wrong");
        }
        return new Safetensors(tensors, metadata);
    }

    private static ByteBuffer take(FileChannel channel, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the file became shorter");
            }
        }
        return bytes.flip();
    }

    private static long[] longs(Object value) {
        if (value instanceof List<?> list && list.stream().allMatch(item -> item instanceof Long)) {
            return list.stream().mapToLong(item -> (Long) item).toArray();
        }
        return new long[0];
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the header is not UTF-8", e);
        }
    }
}
