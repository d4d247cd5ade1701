package dev.chainrule.engine.files;

import dev.chainrule.api.error.RunException;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.model.MemoryShortage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The bytes of a safetensors file that is yet to be written. Taken in one thread, they can be written in another while the
 * matrices change; the next file of the same shapes reuses their memory.
 */
public final class SafetensorsImage {
    private final List<ByteBuffer> bodies = new ArrayList<>();
    private byte[] header = new byte[0];
    private int count;

    /**
     * Copy a file's content, replacing the previous one.
     *
     * @throws RunException if there is not enough memory for it
     */
    public void take(Safetensors content) {
        try {
            copy(content);
        } catch (OutOfMemoryError e) {
            double bytes = content.tensors().values().stream()
                    .mapToDouble(Matrix::bytes)
                    .sum();
            throw new MemoryShortage("a copy of all tensors, to be saved", bytes, 0).failure(e);
        }
    }

    private void copy(Safetensors content) {
        header = header(content).getBytes(StandardCharsets.UTF_8);
        count = 0;
        for (Matrix tensor : content.tensors().values()) {
            ByteBuffer body = body(count++, Math.toIntExact(tensor.bytes()));
            tensor.write(body);
            body.flip();
        }
    }

    /** Write the file, whole or not at all. */
    public void write(Path file) {
        AtomicFiles.write(file, parts());
    }

    /** Give up its memory until it takes a file again. */
    public void release() {
        bodies.clear();
        count = 0;
    }

    /** Return the hash of the file. */
    String sha256() {
        MessageDigest digest = Sha256.digest();
        for (ByteBuffer part : parts()) {
            digest.update(part);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private ByteBuffer[] parts() {
        ByteBuffer length = ByteBuffer.allocate(Safetensors.LENGTH_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .flip();
        MessageDigest digest = Sha256.digest();
        digest.update(length.duplicate());
        digest.update(header);
        List<ByteBuffer> parts = new ArrayList<>(List.of(length));
        for (ByteBuffer body : bodies.subList(0, count)) {
            digest.update(body.duplicate());
        }
        parts.add(ByteBuffer.wrap(SafetensorsChecksum.sealed(header, digest)));
        bodies.subList(0, count).forEach(body -> parts.add(body.duplicate()));
        return parts.toArray(ByteBuffer[]::new);
    }

    private ByteBuffer body(int i, int bytes) {
        if (i == bodies.size()) {
            bodies.add(ByteBuffer.allocate(bytes));
        } else if (bodies.get(i).capacity() != bytes) {
            bodies.set(i, ByteBuffer.allocate(bytes));
        }
        return bodies.get(i).clear();
    }

    private static String header(Safetensors content) {
        SortedMap<String, String> metadata = new TreeMap<>(content.metadata());
        metadata.put(Safetensors.CHECKSUM, SafetensorsChecksum.ZEROS);
        Map<String, Object> header = new LinkedHashMap<>();
        header.put(Safetensors.METADATA, metadata);
        long offset = 0;
        for (Map.Entry<String, Matrix> entry : content.tensors().entrySet()) {
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
        return text + " ".repeat(Math.floorMod(-length, Safetensors.LENGTH_BYTES));
    }
}
