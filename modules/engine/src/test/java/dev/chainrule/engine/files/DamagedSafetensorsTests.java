package dev.chainrule.engine.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.FloatMatrix;
import dev.chainrule.math.Matrix;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Damage files in every way that can be thought of: each is an error of the input in words, never another exception, and nothing is
 * returned of it. That memory is not filled shows in files of many times its size, which take no space on disk.
 */
class DamagedSafetensorsTests {
    private static final int FLIPPED_IN_BODY = 300;
    private static final String DAMAGED = "not a valid safetensors file: ";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("a.safetensors");
    }

    @Test
    void read_checkpointCutAnywhere_isRefused() throws IOException {
        byte[] whole = checkpoint();
        for (int length = 0; length < whole.length; length++) {
            write(Arrays.copyOf(whole, length));
            assertTrue(refusal(Checkpoint::read).getMessage().startsWith(DAMAGED));
        }
    }

    @Test
    void read_longerThanItsTensors_isRefused() throws IOException {
        byte[] whole = checkpoint();
        write(Arrays.copyOf(whole, whole.length + 1));
        assertTrue(refusal(Checkpoint::read).getMessage().matches(DAMAGED + "the tensors end at byte \\d+ of \\d+"));
    }

    @Test
    void read_anyByteOfTheHeaderFlipped_isRefused() throws IOException {
        Random random = new Random(5);
        assertEquals(472, flipHeader(at -> 8 * at + random.nextInt(8), checkpoint()));
    }

    @Test
    @Tag("proof")
    void read_anyBitOfTheHeaderFlipped_isRefused() throws IOException {
        byte[] whole = checkpoint();
        for (int i = 0; i < 8; i++) {
            int bit = i;
            assertEquals(472, flipHeader(at -> 8 * at + bit, whole));
        }
    }

    /** Flip one bit of every byte before the tensors; return how many there are. */
    private int flipHeader(IntUnaryOperator bitOf, byte[] whole) throws IOException {
        int header = header(whole);
        for (int at = 0; at < header; at++) {
            int bit = bitOf.applyAsInt(at);
            flip(whole, bit);
            refusal(Checkpoint::read);
            flip(whole, bit);
        }
        return header;
    }

    @Test
    void read_anyOfSomeBitsOfTheBodyFlipped_isRefused() throws IOException {
        byte[] whole = checkpoint();
        int header = header(whole);
        Random random = new Random(7);
        for (int i = 0; i < FLIPPED_IN_BODY; i++) {
            int bit = 8 * header + random.nextInt(8 * (whole.length - header));
            flip(whole, bit);
            assertEquals(
                    DAMAGED + "its checksum is wrong", refusal(Checkpoint::read).getMessage());
            flip(whole, bit);
        }
    }

    /** Without a checksum a flipped bit may give another name or number. It must still be read, or be refused in words. */
    @Test
    void read_flippedHeaderBit_neverCrashes() throws IOException {
        byte[] whole = file(
                "{\"b\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,16]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]}}",
                16);
        int refused = 0;
        for (int bit = 0; bit < 8 * header(whole); bit++) {
            flip(whole, bit);
            try {
                Safetensors.read(file);
            } catch (InputException e) {
                refused++;
            }
            flip(whole, bit);
        }
        assertTrue(refused > 700, "refused: " + refused);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "`F32`,`shape`:[1,3],`data_offsets`:[0,8]}|tensor 'a' is F32 [1, 3] and has 8 bytes, 12 are required",
                "`I64`,`shape`:[1,1],`data_offsets`:[0,8]}|tensor 'a' is of type I64; supported: F32 and F64",
                "`BF16`,`shape`:[1,4],`data_offsets`:[0,8]}|tensor 'a' is of type BF16; supported: F32 and F64",
                "`F32`,`shape`:[1,2,1],`data_offsets`:[0,8]}|tensor 'a' has the shape [1, 2, 1]; only matrices "
                        + "and vectors are supported",
                "`F32`,`shape`:[1,1],`data_offsets`:[0,4]}|the tensors end at byte 4 of 8",
                "`F32`,`shape`:[1,1],`data_offsets`:[4,8]}|tensor 'a' leaves a gap after byte 0",
                "`F32`,`shape`:[1,2],`data_offsets`:[0,8]},`b`:{`dtype`:`F32`,`shape`:[1,1],`data_offsets`:[4,8]}"
                        + "|tensor 'b' overlaps another before byte 8",
                "`F32`,`shape`:[1,1],`data_offsets`:[0,4]},`a`:{`dtype`:`F32`,`shape`:[1,1],`data_offsets`:[4,8]}"
                        + "|key 'a' twice at character 110",
                "`F32`,`shape`:[1,1],`data_offsets`:[0,12]}|tensor 'a' lies at [0, 12] of 8 bytes",
                "`F32`,`shape`:[1,1],`data_offsets`:[8,0]}|tensor 'a' lies at [8, 0] of 8 bytes",
                "`F32`,`shape`:[1,1],`data_offsets`:[0,4,8]}|tensor 'a' lies at [0, 4, 8] of 8 bytes",
                "`F32`,`shape`:[1,1],`data_offsets`:[-4,4]}|tensor 'a' lacks a dtype, shape or data_offsets",
                "`F32`,`shape`:[1.0,2],`data_offsets`:[0,8]}|tensor 'a' lacks a dtype, shape or data_offsets",
                "`F32`,`data_offsets`:[0,8]}|tensor 'a' lacks a dtype, shape or data_offsets",
                "`F64`,`shape`:[2000000000,2000000000],`data_offsets`:[0,8]}"
                        + "|tensor 'a' is F64 [2000000000, 2000000000] and has 8 bytes, 32000000000000000000 "
                        + "are required",
                "`F64`,`shape`:[4294967296,4294967296],`data_offsets`:[0,0]},`b`:{`dtype`:`F32`,`shape`:[2],`data_offsets`:[0,8]}"
                        + "|tensor 'a' is [4294967296, 4294967296]; the maximum is 2147483639",
                "`F32`,`shape`:[99999999999999999999,1],`data_offsets`:[0,8]}"
                        + "|the number 99999999999999999999 is too large at character 49",
                "`F32`,`shape`:[0,4294967296],`data_offsets`:[0,0]},`b`:{`dtype`:`F32`,`shape`:[2],`data_offsets`:[0,8]}"
                        + "|tensor 'a' is [0, 4294967296]; the maximum is 2147483639"
            })
    void read_wrongTensor_saysWhat(String description, String message) throws IOException {
        file("{`a`:{`dtype`:".replace('`', '"') + description.replace('`', '"') + "}", 8);
        InputException refusal = refusal(Safetensors::read);
        assertEquals(DAMAGED + message, refusal.getMessage());
        assertEquals(
                List.of("The file is damaged or was not written by this program."), refusal.notes(), "what it may be");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1]|the header does not begin with '{'",
                "{\"a\":1}|'a' is not a mapping",
                "{\"a\":{}} x|text after the value at character 9",
                "{\"__metadata__\":{\"a\":1}}|'a' of the metadata is not text",
                "{\"a\":[[[[[[[[|the text ends too early at character 13"
            })
    void read_wrongHeader_saysWhat(String header, String message) throws IOException {
        file(header, 0);
        assertEquals(DAMAGED + message, refusal(Safetensors::read).getMessage());
    }

    @Test
    void read_tensorsInAnyOrderOfTheHeader_areRead() throws IOException {
        byte[] whole = file(
                "{\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}   ",
                12);
        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putFloat(header(whole) + 8, 2.5f);
        write(whole);
        SortedMap<String, Matrix> tensors = Safetensors.read(file).tensors();
        assertEquals(2.5, tensors.get("b").get(0, 0));
        assertEquals("[1, 2]", tensors.get("a").shape());
    }

    @ParameterizedTest
    @CsvSource({"-1, 18446744073709551615", "9223372036854775807, 9223372036854775807", "100000001, 100000001", "0, 0"})
    void read_headerOfAnImpossibleLength_isRefused(long length, String shown) throws IOException {
        write(ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array());
        assertEquals(
                DAMAGED + "its header would have " + shown + " bytes; 8 follow, and 100000000 is the maximum",
                refusal(Safetensors::read).getMessage());
    }

    /** The whole of such a file would be zeros; nothing of it may be read into memory. */
    @Test
    void read_largestHeaderOfNothing_isRefusedAtItsFirstByte() throws IOException {
        write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(100_000_000)
                .array());
        lengthen(8 + 100_000_000L);
        assertEquals(
                DAMAGED + "the header does not begin with '{'",
                refusal(Safetensors::read).getMessage());
    }

    @Test
    void read_tensorLongerThanAnArray_isRefused() throws IOException {
        file("{\"a\":{\"dtype\":\"F64\",\"shape\":[20000,20000],\"data_offsets\":[0,3200000000]}}", 0);
        lengthen(Files.size(file) + 3_200_000_000L);
        assertEquals(
                DAMAGED + "tensor 'a' has 3200000000 bytes; the maximum is 2147483639",
                refusal(Safetensors::read).getMessage());
    }

    @Test
    void read_manyTimesTheMemory_isRefusedBeforeItIsFull() throws IOException {
        StringBuilder header = new StringBuilder("{");
        long one = 1L << 30;
        int count = (int) (Runtime.getRuntime().maxMemory() / one) + 2;
        for (int i = 0; i < count; i++) {
            header.append(i == 0 ? "" : ",")
                    .append("\"t%d\":{\"dtype\":\"F32\",\"shape\":[16384,16384],\"data_offsets\":[%d,%d]}"
                            .formatted(i, i * one, (i + 1) * one));
        }
        file(header.append('}').toString(), 0);
        lengthen(Files.size(file) + count * one);
        assertEquals(
                "is larger than the available memory",
                refusal(Safetensors::read).getMessage());
        assertEquals(count, SafetensorsReader.header(file).places().size(), "its header alone can be read");
    }

    private InputException refusal(Consumer<Path> read) {
        InputException refusal = assertThrows(InputException.class, () -> read.accept(file));
        assertEquals(file.toString(), refusal.file().orElseThrow());
        return refusal;
    }

    private void write(byte[] bytes) throws IOException {
        Files.write(file, bytes);
    }

    private void lengthen(long size) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(size);
        }
    }

    private void flip(byte[] whole, int bit) throws IOException {
        whole[bit / 8] ^= (byte) (1 << bit % 8);
        try (RandomAccessFile changed = new RandomAccessFile(file.toFile(), "rw")) {
            changed.seek(bit / 8);
            changed.write(whole[bit / 8]);
        }
    }

    /** Write a file of a header and zeros; return its bytes. */
    private byte[] file(String header, int zeros) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = ByteBuffer.allocate(8 + text.length + zeros)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
        write(bytes);
        return bytes;
    }

    /** Return the number of bytes before the tensors. */
    private static int header(byte[] whole) {
        return 8 + (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private byte[] checkpoint() throws IOException {
        SortedMap<String, Matrix> tensors = new TreeMap<>();
        tensors.put("dense_1.weights", new FloatMatrix(5, 4));
        SortedMap<String, State> sections = new TreeMap<>();
        sections.put(
                Checkpoint.POSITION,
                new State().put("step", 12).put("epochs", 3).put("batch", 0));
        sections.put(Checkpoint.OPTIMIZER, new State().put("first", new DoubleMatrix(5, 4)));
        Encoding encoding = new Encoding(
                new Shape(List.of(5)), List.of(), new Target(Target.Form.CLASS_INDEX, List.of("ja", "né")));
        new Checkpoint(tensors, encoding, sections).toSafetensors().write(file);
        return Files.readAllBytes(file);
    }
}
