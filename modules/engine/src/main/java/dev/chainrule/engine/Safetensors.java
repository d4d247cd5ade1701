package dev.chainrule.engine;

import dev.chainrule.api.InputException;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.FloatMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keep matrices in a safetensors file: eight bytes of header length, a JSON header, then the elements little-endian.
 *
 * <p>Source: the format's description in github.com/huggingface/safetensors. Written here: tensors in the order of their names,
 * without gaps, the header padded with spaces to a multiple of eight bytes.
 *
 * @param tensors by name
 * @param metadata text by key
 */
public record Safetensors(SortedMap<String, Matrix> tensors, SortedMap<String, String> metadata) {
    private static final String METADATA = "__metadata__";
    private static final int LENGTH_BYTES = 8;
    private static final int LARGEST_HEADER = 100_000_000;

    /** Write a file, whole or not at all. */
    public void write(Path file) {
        Map<String, Object> header = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            header.put(METADATA, metadata);
        }
        long offset = 0;
        for (Map.Entry<String, Matrix> entry : tensors.entrySet()) {
            Matrix tensor = entry.getValue();
            Map<String, Object> description = new LinkedHashMap<>();
            description.put("dtype", tensor.precision() == Precision.FLOAT32 ? "F32" : "F64");
            description.put("shape", List.of(tensor.rows(), tensor.columns()));
            description.put("data_offsets", List.of(offset, offset + tensor.bytes()));
            header.put(entry.getKey(), description);
            offset += tensor.bytes();
        }
        String text = Json.line(header);
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        text = text + " ".repeat(Math.floorMod(-length, LENGTH_BYTES));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer[] parts = new ByteBuffer[2 + tensors.size()];
        parts[0] = ByteBuffer.allocate(LENGTH_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bytes.length)
                .flip();
        parts[1] = ByteBuffer.wrap(bytes);
        int part = 2;
        for (Matrix tensor : tensors.values()) {
            parts[part] = ByteBuffer.allocate(Math.toIntExact(tensor.bytes()));
            tensor.write(parts[part]);
            parts[part++].flip();
        }
        AtomicFiles.write(file, parts);
    }

    /**
     * Read a file.
     *
     * @throws InputException if it cannot be read or is not a whole safetensors file of matrices
     */
    public static Safetensors read(Path file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            return read(bytes);
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file.toString());
        } catch (IllegalArgumentException | ArithmeticException | OutOfMemoryError e) {
            throw new InputException(
                            "not a whole safetensors file: " + e.getMessage(),
                            "The file is damaged or was not written by this program.")
                    .inFile(file.toString());
        }
    }

    private static Safetensors read(ByteBuffer bytes) {
        if (bytes.remaining() < LENGTH_BYTES) {
            throw new IllegalArgumentException("it has " + bytes.remaining() + " bytes");
        }
        long length = bytes.getLong();
        if (length < 2 || length > LARGEST_HEADER || length > bytes.remaining()) {
            throw new IllegalArgumentException(
                    "the header would be " + length + " bytes of " + bytes.remaining() + " that follow");
        }
        ByteBuffer body = bytes.slice(LENGTH_BYTES + (int) length, bytes.remaining() - (int) length);
        Object header = JsonReader.read(text(bytes.slice(LENGTH_BYTES, (int) length)));
        if (!(header instanceof Map<?, ?> entries)) {
            throw new IllegalArgumentException("the header is no mapping");
        }
        SortedMap<String, Matrix> tensors = new TreeMap<>();
        SortedMap<String, String> metadata = new TreeMap<>();
        SortedMap<Long, Long> ranges = new TreeMap<>();
        entries.forEach((key, value) -> {
            if (!(value instanceof Map<?, ?> description)) {
                throw new IllegalArgumentException("'" + key + "' is no mapping");
            }
            if (key.equals(METADATA)) {
                description.forEach((name, text) -> metadata.put((String) name, String.valueOf(text)));
            } else {
                tensors.put((String) key, tensor((String) key, description, body, ranges));
            }
        });
        checkRanges(ranges, body.capacity());
        return new Safetensors(tensors, metadata);
    }

    private static Matrix tensor(String name, Map<?, ?> description, ByteBuffer body, Map<Long, Long> ranges) {
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
                || to > body.capacity()
                || to - from != Math.multiplyExact(shape[0] * shape[1], (long) precision.bytes())) {
            throw new IllegalArgumentException("tensor '" + name + "' does not fit its place");
        }
        if (to > from && ranges.put(from, to) != null) {
            throw new IllegalArgumentException("tensor '" + name + "' overlaps another");
        }
        int rows = (int) shape[0];
        int columns = (int) shape[1];
        Matrix tensor =
                precision == Precision.FLOAT32 ? new FloatMatrix(rows, columns) : new DoubleMatrix(rows, columns);
        tensor.read(body.slice((int) from, (int) (to - from)));
        return tensor;
    }

    private static void checkRanges(SortedMap<Long, Long> ranges, long size) {
        long end = 0;
        for (Map.Entry<Long, Long> range : ranges.entrySet()) {
            if (range.getKey() != end) {
                throw new IllegalArgumentException("tensors overlap or leave a gap at byte " + end);
            }
            end = range.getValue();
        }
        if (end != size) {
            throw new IllegalArgumentException("tensors end at byte " + end + " of " + size);
        }
    }

    private static long[] longs(Object value) {
        if (value instanceof List<?> list && list.stream().allMatch(item -> item instanceof Long)) {
            return list.stream().mapToLong(item -> (Long) item).toArray();
        }
        return new long[0];
    }

    private static String text(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the header is not UTF-8", e);
        }
    }
}
