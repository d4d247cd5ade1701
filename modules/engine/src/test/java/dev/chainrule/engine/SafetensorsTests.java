package dev.chainrule.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.InputException;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.FloatMatrix;
import dev.chainrule.math.Matrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void read_truncatedAnywhere_isRefused() throws IOException {
        sample().write(folder.resolve("a"));
        byte[] whole = Files.readAllBytes(folder.resolve("a"));
        Path cut = folder.resolve("cut");
        for (int length = 0; length < whole.length; length++) {
            Files.write(cut, java.util.Arrays.copyOf(whole, length));
            InputException thrown = assertThrows(InputException.class, () -> Safetensors.read(cut));
            assertTrue(thrown.getMessage().startsWith("not a whole safetensors file: "), thrown.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,4]}}|tensor 'a' does not fit its place",
                "{\"a\":{\"dtype\":\"I32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}|tensor 'a' is not a matrix of F32 or F64",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}|tensor 'a' is not a matrix of F32 or F64",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}}|tensors end at byte 4 of 8",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[4,8]}}|tensors overlap or leave a gap at byte 0",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1,1],"
                        + "\"data_offsets\":[4,8]}}|tensors overlap or leave a gap at byte 8",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[2147483647,2147483647],\"data_offsets\":[0,8]}}|long overflow",
                "[1]|the header is no mapping",
                "{\"a\":1}|'a' is no mapping"
            })
    void read_wrongHeader_saysWhat(String header, String message) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length).put(text);
        Path path = folder.resolve("wrong");
        Files.write(path, file.array());
        InputException thrown = assertThrows(InputException.class, () -> Safetensors.read(path));
        assertEquals("not a whole safetensors file: " + message, thrown.getMessage());
    }

    @Test
    void read_headerLongerThanTheFile_allocatesNothing() throws IOException {
        Path path = folder.resolve("huge");
        Files.write(
                path,
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(Long.MAX_VALUE)
                        .array());
        assertThrows(InputException.class, () -> Safetensors.read(path));
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
