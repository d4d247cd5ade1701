package dev.chainrule.engine.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.FloatMatrix;
import dev.chainrule.math.Matrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTests {
    @TempDir
    private Path folder;

    @Test
    void write_thenRead_givesTheSameBits() {
        Safetensors written = sample();
        Path file = folder.resolve("a.safetensors");
        written.write(file);
        Safetensors read = Safetensors.read(file);
        assertEquals(written.metadata(), read.metadata());
        assertEquals(written.tensors().keySet(), read.tensors().keySet());
        written.tensors()
                .forEach((name, tensor) ->
                        assertEquals(Sha256.of(tensor), Sha256.of(read.tensors().get(name))));
    }

    @Test
    void write_twice_givesTheSameBytes() throws IOException {
        sample().write(folder.resolve("a"));
        sample().write(folder.resolve("b"));
        assertEquals(-1, Files.mismatch(folder.resolve("a"), folder.resolve("b")));
    }

    @Test
    void write_header_isPaddedToEightBytes() throws IOException {
        sample().write(folder.resolve("a"));
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(folder.resolve("a"))).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(0, bytes.getLong() % 8);
    }

    private static Safetensors sample() {
        SortedMap<String, Matrix> tensors = new TreeMap<>();
        FloatMatrix floats = new FloatMatrix(2, 3);
        floats.set(1, 2, 0.1);
        floats.set(0, 0, Double.NaN);
        DoubleMatrix doubles = new DoubleMatrix(1, 2);
        doubles.set(0, 1, -0.0);
        tensors.put("layer.weights", floats);
        tensors.put("a.b", doubles);
        SortedMap<String, String> metadata = new TreeMap<>();
        metadata.put("key", "välue \"quoted\"");
        return new Safetensors(tensors, metadata);
    }
}
