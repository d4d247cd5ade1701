package dev.chainrule.builtin.data.idx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.builtin.data.Context;
import dev.chainrule.builtin.data.Idx;
import dev.chainrule.builtin.data.Misuse;
import dev.chainrule.builtin.data.Read;
import dev.chainrule.math.FloatMatrix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test when files of images are read that are too large to be read for nothing: 2000 images of 28 x 28. */
final class LateImagesTests {
    private static final int COUNT = 2000;
    private static final int SIDE = 28;
    private static final int PIXELS = SIDE * SIDE;
    private static final byte[] WHOLE = Idx.images(COUNT, SIDE, SIDE);
    private static final byte[] PACKED = Idx.gzip(WHOLE);
    /** Examples that are read when the source is opened. */
    private static final int FIRST = 256;

    private static final String GONE = """
            DIR/images: there is no such file""";
    private static final String CORRUPT = """
            DIR/images: the gzip data is corrupt
            The file is damaged: copy or download it again.""";

    @TempDir
    Path folder;

    @BeforeEach
    void write() {
        int[] labels = IntStream.range(0, COUNT).map(i -> i % 10).toArray();
        Idx.write(folder.resolve("labels"), Idx.labels(labels));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void open_largeFile_leavesAllButTheFirstUnread(boolean gzip) throws IOException {
        DataSource source = open(gzip ? PACKED : WHOLE);
        Files.delete(folder.resolve("images"));
        assertEquals(COUNT, source.size());
        assertArrayEquals(example(0), Read.input(source, 0));
        assertArrayEquals(example(FIRST - 1), Read.input(source, FIRST - 1));
        assertArrayEquals(new double[] {9}, Read.target(source, COUNT - 1));
        assertEquals(GONE, Misuse.text(() -> Read.input(source, FIRST), folder));
        assertEquals(GONE, Misuse.text(source::provenance, folder));
        assertEquals(GONE, Misuse.text(source::load, folder));
        // Asked again it is the same.
        assertEquals(GONE, Misuse.text(source::load, folder));
        assertArrayEquals(example(0), Read.input(source, 0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void load_largeFile_leavesNothingUnread(boolean gzip) throws IOException {
        DataSource source = open(gzip ? PACKED : WHOLE);
        source.load();
        Files.delete(folder.resolve("images"));
        assertAllExamples(source);
        source.load();
        DataSource late = open(gzip ? WHOLE : PACKED);
        assertEquals(late.provenance().sha256(), source.provenance().sha256());
    }

    @Test
    void readInput_beyondTheFirst_readsTheRest() throws IOException {
        DataSource source = open(PACKED);
        assertArrayEquals(example(COUNT - 1), Read.input(source, COUNT - 1));
        Files.delete(folder.resolve("images"));
        assertAllExamples(source);
    }

    @Test
    void readInput_onSeveralThreads_givesTheSame() {
        DataSource source = open(PACKED);
        List<CompletableFuture<Void>> readers = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(i == 0 ? source::load : () -> assertAllExamples(source)))
                .toList();
        readers.forEach(CompletableFuture::join);
    }

    @Test
    void open_rangeBeyondTheFirst_readsWhenAsked() {
        Idx.write(folder.resolve("images"), PACKED);
        DataSource source = new IdxSource(
                        "images", Optional.of("labels"), Optional.empty(), false, 0, 1000, Optional.of(500))
                .open(Context.in(folder));
        assertArrayEquals(example(1499), Read.input(source, 499));
        assertEquals(500, source.size());
    }

    @Test
    void open_examplesOfMegabytes_areReadWhenAsked() throws IOException {
        Idx.write(folder.resolve("images"), Idx.images(2, 2100, 2000));
        Idx.write(folder.resolve("labels"), Idx.labels(0, 1));
        DataSource source = new IdxSource(
                        "images", Optional.of("labels"), Optional.empty(), false, 0, 0, Optional.empty())
                .open(Context.in(folder));
        Files.delete(folder.resolve("images"));
        assertEquals(GONE, Misuse.text(() -> Read.input(source, 0), folder));
    }

    @Test
    void open_brokenFile_isSaidAtOnceWhereLengthOrHeaderShowIt() {
        byte[] shorter = PACKED.clone();
        shorter[PACKED.length - 4] ^= 1; // in the size that gzip ends with
        byte[] labels = Idx.gzip(Idx.labels(new int[2_000_000]));
        List<Misuse> all = new ArrayList<>();
        all.add(broken("cut off", Arrays.copyOf(WHOLE, WHOLE.length - 1), """
                DIR/images: the file is truncated: 1567999 of the 1568000 bytes that its header claims (2000 x 28 x 28)
                The file is incomplete: copy or download it again."""));
        all.add(broken("too long", Arrays.copyOf(WHOLE, WHOLE.length + 1), """
                DIR/images: more bytes follow the 1568000 that the header claims (2000 x 28 x 28)
                The file is damaged or contains something else: copy or download it again."""));
        all.add(broken("too long, packed", Idx.gzip(Arrays.copyOf(WHOLE, WHOLE.length + 1)), """
                DIR/images: more bytes follow the 1568000 that the header claims (2000 x 28 x 28)
                The file is damaged or contains something else: copy or download it again."""));
        all.add(broken("cut off and packed", Idx.gzip(Arrays.copyOf(WHOLE, WHOLE.length - 1)), """
                DIR/images: the file is truncated: 1567999 of the 1568000 bytes that its header claims (2000 x 28 x 28)
                The file is incomplete: copy or download it again."""));
        for (int left : new int[] {PACKED.length - 1, PACKED.length - 8, PACKED.length / 2, 40}) {
            all.add(broken("packed and cut off to " + left, Arrays.copyOf(PACKED, left), """
                    DIR/images: the gzip data is truncated
                    The file is incomplete: copy or download it again."""));
        }
        all.add(broken("size not that of gzip's trailer", shorter, CORRUPT));
        all.add(broken("labels for images", labels, """
                DIR/images: the file has 1 dimension, but images have 3: count, height, width
                Are images and labels swapped?"""));
        Misuse.assertTexts(10, folder, all);
    }

    @Test
    void open_damageAmongThePixels_isSaidWhenTheyAreRead() {
        byte[] checksum = PACKED.clone();
        checksum[PACKED.length - 5] ^= 1;
        DataSource source = open(checksum);
        assertArrayEquals(example(FIRST - 1), Read.input(source, FIRST - 1));
        assertEquals(CORRUPT, Misuse.text(source::load, folder));
        assertEquals(CORRUPT, Misuse.text(() -> Read.input(source, COUNT - 1), folder));
        assertEquals(CORRUPT, Misuse.text(source::provenance, folder));
    }

    @Test
    void open_gzipOfSeveralMembers_isReadWhole() {
        byte[] first = Idx.gzip(Arrays.copyOf(WHOLE, 1_000_000));
        byte[] second = Idx.gzip(Arrays.copyOfRange(WHOLE, 1_000_000, WHOLE.length));
        assertAllExamples(open(joined(first, second)));
    }

    @Test
    void load_gzipWhoseTrailerLies_saysWhatIsWrong() {
        // The last member holds as much as the header claims, the one before it all of that already.
        DataSource source = open(joined(PACKED, Idx.gzip(new byte[WHOLE.length])));
        assertArrayEquals(example(0), Read.input(source, 0));
        assertEquals("""
                DIR/images: more bytes follow the 1568000 that the header claims (2000 x 28 x 28)
                The file is damaged or contains something else: copy or download it again.""", Misuse.text(source::load, folder));
    }

    @Test
    void load_fileThatIsAnotherOneNow_isRefused() {
        DataSource source = open(WHOLE);
        Idx.write(folder.resolve("images"), Idx.images(COUNT, SIDE + 1, SIDE));
        assertEquals(
                "DIR/images: the file has changed since it was opened: its header claims 2000 x 29 x 28 instead of "
                        + "2000 x 28 x 28",
                Misuse.text(source::load, folder));
    }

    @Test
    void open_smallFile_isReadWhole() throws IOException {
        Idx.write(folder.resolve("images"), Idx.images(1000, SIDE, SIDE));
        Idx.write(folder.resolve("labels"), Idx.labels(new int[1000]));
        DataSource source = new IdxSource(
                        "images", Optional.of("labels"), Optional.empty(), false, 0, 0, Optional.empty())
                .open(Context.in(folder));
        Files.delete(folder.resolve("images"));
        assertArrayEquals(example(999), Read.input(source, 999));
        source.load();
    }

    private Misuse broken(String name, byte[] content, String expected) {
        return new Misuse(name, () -> open(content), expected);
    }

    private DataSource open(byte[] content) {
        Idx.write(folder.resolve("images"), content);
        return new IdxSource("images", Optional.of("labels"), Optional.empty(), false, 0, 0, Optional.empty())
                .open(Context.in(folder));
    }

    private static void assertAllExamples(DataSource source) {
        FloatMatrix x = new FloatMatrix(1, PIXELS);
        for (int i = COUNT - 1; i >= 0; i--) {
            source.readInput(i, x, 0);
            for (int j = 0; j < PIXELS; j += 13) {
                int at = i;
                int pixel = j;
                assertEquals(i * PIXELS + j & 0xff, x.get(0, j), () -> "example " + at + ", pixel " + pixel);
            }
        }
    }

    /** Return the result of {@link Idx#images}. */
    private static double[] example(int index) {
        double[] pixels = new double[PIXELS];
        for (int j = 0; j < PIXELS; j++) {
            pixels[j] = index * PIXELS + j & 0xff;
        }
        return pixels;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }
}
