package dev.chainrule.builtin.data.idx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.Context;
import dev.chainrule.builtin.data.Idx;
import dev.chainrule.builtin.data.Misuse;
import dev.chainrule.builtin.data.Read;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdxSourceTests {
    @TempDir
    Path folder;

    @BeforeEach
    void writeThreeImagesOfTwoByThree() {
        Idx.write(folder.resolve("images"), Idx.images(3, 2, 3));
        Idx.write(folder.resolve("labels"), Idx.labels(1, 0, 2));
    }

    @Test
    void open_threeImages_givesBytesShapeAndClasses() {
        DataSource source = source("images", "labels").open(Context.in(folder));
        assertEquals(3, source.size());
        assertEquals(Shape.of(2, 3, 1), source.encoding().shape());
        assertEquals(
                new Target(Target.Form.CLASS_INDEX, List.of("0", "1", "2")),
                source.encoding().target());
        assertArrayEquals(new double[] {6, 7, 8, 9, 10, 11}, Read.input(source, 1));
        assertArrayEquals(new double[] {2}, Read.target(source, 2));
    }

    @Test
    void open_bytesOver127_areUnsigned() {
        Idx.write(folder.resolve("images"), Idx.file(new byte[] {(byte) 128, (byte) 255, 127}, 3, 1, 1));
        DataSource source = source("images", "labels").open(Context.in(folder));
        assertArrayEquals(new double[] {128}, Read.input(source, 0));
        assertArrayEquals(new double[] {255}, Read.input(source, 1));
    }

    @Test
    void open_gzipUnderAnyName_givesTheSameHash() {
        Idx.write(folder.resolve("packed"), Idx.gzip(Idx.images(3, 2, 3)));
        Idx.write(folder.resolve("plain.gz"), Idx.labels(1, 0, 2));
        String plain =
                source("images", "labels").open(Context.in(folder)).provenance().sha256();
        String packed = source("packed", "plain.gz")
                .open(Context.in(folder))
                .provenance()
                .sha256();
        assertEquals(plain, packed);
        assertEquals(64, plain.length());
    }

    @Test
    void provenance_otherContent_givesOtherHash() {
        String before =
                source("images", "labels").open(Context.in(folder)).provenance().sha256();
        Idx.write(folder.resolve("labels"), Idx.labels(1, 0, 1));
        assertNotEquals(
                before,
                source("images", "labels").open(Context.in(folder)).provenance().sha256());
        Idx.write(folder.resolve("labels"), Idx.labels(1, 0, 2));
        Idx.write(folder.resolve("images"), Idx.images(3, 3, 2));
        assertNotEquals(
                before,
                source("images", "labels").open(Context.in(folder)).provenance().sha256());
    }

    @Test
    void open_range_takesThoseExamplesOnly() {
        DataSource source = source(1, Optional.of(1)).open(Context.in(folder));
        assertEquals(1, source.size());
        assertArrayEquals(new double[] {6, 7, 8, 9, 10, 11}, Read.input(source, 0));
        assertArrayEquals(new double[] {0}, Read.target(source, 0));
        // The classes are the file's, not the range's: two ranges of one file must agree.
        assertEquals(3, source.encoding().target().names().size());
        assertThrows(IndexOutOfBoundsException.class, () -> Read.input(source, 1));
    }

    @Test
    void open_rangeOfSameBytes_hashesTheRangeOnly() {
        Idx.write(folder.resolve("images"), Idx.file(new byte[] {9, 7, 7}, 3, 1, 1));
        Idx.write(folder.resolve("labels"), Idx.labels(0, 1, 1));
        String second =
                source(1, Optional.of(1)).open(Context.in(folder)).provenance().sha256();
        String third = source(2, Optional.empty())
                .open(Context.in(folder))
                .provenance()
                .sha256();
        assertEquals(second, third);
    }

    @Test
    void open_unlabelled_needsNoLabels() {
        IdxSource spec = new IdxSource("images", Optional.empty(), Optional.empty(), false, 0, 0, Optional.empty());
        Target trained = new Target(Target.Form.CLASS_INDEX, List.of("a", "b"));
        Encoding training = new Encoding(Shape.of(2, 3, 1), List.of(), trained);
        DataSource source = spec.open(Context.in(folder).after(training).unlabelled());
        assertEquals(3, source.size());
        assertEquals(trained, source.encoding().target());
    }

    @Test
    void open_afterTraining_takesItsClasses() {
        Idx.write(folder.resolve("labels"), Idx.labels(0, 0, 0));
        Target trained = new Target(Target.Form.CLASS_INDEX, List.of("a", "b", "c", "d"));
        Encoding training = new Encoding(Shape.of(2, 3, 1), List.of(), trained);
        assertEquals(
                trained,
                source("images", "labels")
                        .open(Context.in(folder).after(training))
                        .encoding()
                        .target());
    }

    @Test
    void open_transposed_exchangesRowsAndColumns() {
        IdxSource spec = new IdxSource("images", Optional.of("labels"), Optional.empty(), true, 0, 1, Optional.of(2));
        DataSource source = spec.open(Context.in(folder));
        assertEquals(Shape.of(3, 2, 1), source.encoding().shape());
        // The second image is 6 7 8 in its first row, 9 10 11 in its second.
        assertArrayEquals(new double[] {6, 9, 7, 10, 8, 11}, Read.input(source, 0));
        assertArrayEquals(new double[] {12, 15, 13, 16, 14, 17}, Read.input(source, 1));
        source.load();
        assertArrayEquals(new double[] {6, 9, 7, 10, 8, 11}, Read.input(source, 0));
        assertNotEquals(
                source("images", "labels").open(Context.in(folder)).provenance().sha256(),
                source.provenance().sha256());
    }

    @Test
    void open_largeAndTransposed_isTheSameBeforeAndAfterLoading() {
        Idx.write(folder.resolve("images"), Idx.images(2000, 30, 28));
        Idx.write(folder.resolve("labels"), Idx.labels(new int[2000]));
        DataSource plain = source("images", "labels").open(Context.in(folder));
        DataSource source = new IdxSource(
                        "images", Optional.of("labels"), Optional.empty(), true, 0, 0, Optional.empty())
                .open(Context.in(folder));
        double[] early = Read.input(source, 7);
        source.load();
        assertArrayEquals(early, Read.input(source, 7));
        for (int example : new int[] {7, 1999}) {
            double[] stored = Read.input(plain, example);
            double[] transposed = Read.input(source, example);
            for (int i = 0; i < stored.length; i++) {
                assertEquals(stored[i], transposed[i % 28 * 30 + i / 28]);
            }
        }
    }

    @Test
    void open_firstLabelOne_numbersClassesFromThere() {
        Idx.write(folder.resolve("labels"), Idx.labels(2, 1, 3));
        DataSource numbered = fromOne(Optional.empty()).open(Context.in(folder));
        assertEquals(List.of("1", "2", "3"), numbered.encoding().target().names());
        assertArrayEquals(new double[] {1}, Read.target(numbered, 0));
        assertArrayEquals(new double[] {0}, Read.target(numbered, 1));
        DataSource named = fromOne(Optional.of(List.of("a", "b", "c"))).open(Context.in(folder));
        assertEquals(List.of("a", "b", "c"), named.encoding().target().names());
        assertArrayEquals(new double[] {2}, Read.target(named, 2));
    }

    @Test
    void open_labelsThatDoNotBeginAtTheFirst_areNamed() {
        Idx.write(folder.resolve("zero"), Idx.labels(1, 0, 2));
        Idx.write(folder.resolve("one"), Idx.labels(1, 3, 2));
        IdxSource below = new IdxSource("images", Optional.of("zero"), Optional.empty(), false, 1, 0, Optional.empty());
        IdxSource above = new IdxSource(
                "images", Optional.of("one"), Optional.of(List.of("a", "b", "c")), false, 0, 0, Optional.empty());
        Misuse.assertTexts(
                3,
                folder,
                List.of(
                        new Misuse("below", () -> below.open(Context.in(folder)), """
                                DIR/zero: label 2 is 0, out of range: there are 2 classes
                                Labels begin at 1, as first_label specifies."""),
                        new Misuse("from one", () -> above.open(Context.in(folder)), """
                                DIR/one: label 2 is 3, out of range: there are 3 classes
                                Labels begin at 0: the largest allowed here is 2. If they begin at 1, add first_label: 1."""),
                        new Misuse(
                                "negative",
                                () -> new IdxSource(
                                        "images", Optional.empty(), Optional.empty(), false, -1, 0, Optional.empty()),
                                """
                                first_label is -1
                                first_label: 0 to 255""")));
    }

    private static IdxSource fromOne(Optional<List<String>> classes) {
        return new IdxSource("images", Optional.of("labels"), classes, false, 1, 0, Optional.empty());
    }

    @Test
    void open_misuse_saysWhatToDo() {
        byte[] images = Idx.images(3, 2, 3);
        byte[] packed = Idx.gzip(images);
        byte[] flipped = packed.clone();
        flipped[flipped.length - 5] ^= 1; // in the checksum
        byte[] floats = images.clone();
        floats[2] = 0x0d;
        Target two = new Target(Target.Form.CLASS_INDEX, List.of("a", "b"));
        Target value = new Target(Target.Form.VALUES, List.of("price"));
        List<Misuse> all = new ArrayList<>();
        all.add(images("missing file", null, """
                DIR/bad: there is no such file"""));
        all.add(new Misuse(
                "folder",
                () -> source(".", "labels").open(Context.in(folder)),
                "DIR/.: is a folder; a file is required"));
        all.add(images("empty", new byte[0], "DIR/bad: the file is empty"));
        all.add(images("not an IDX", "PNG?".getBytes(StandardCharsets.US_ASCII), """
                DIR/bad: not an IDX file: it begins with 50 4e 47 3f
                An IDX file of images begins with 00 00 08 03, after decompression if it is gzip."""));
        all.add(images("type", floats, """
                DIR/bad: its elements are float32 numbers (type code 0x0d)
                Only unsigned bytes (type code 0x08) are supported."""));
        all.add(images("labels as images", Idx.labels(1, 0, 2), """
                DIR/bad: the file has 1 dimension, but images have 3: count, height, width
                Are images and labels swapped?"""));
        all.add(images("cut magic", new byte[] {0, 0}, """
                DIR/bad: the header is truncated: 2 of its 4 bytes
                The file is incomplete: copy or download it again."""));
        all.add(images("cut header", Arrays.copyOf(images, 11), """
                DIR/bad: the header is truncated: 11 of its 16 bytes
                The file is incomplete: copy or download it again."""));
        all.add(images(
                "no images",
                Idx.file(new byte[0], 0, 2, 3),
                "DIR/bad: its header claims a count of 0\nThere is nothing to learn from such a file."));
        all.add(images(
                "no height",
                Idx.file(new byte[0], 3, 0, 3),
                "DIR/bad: its header claims a height of 0\nThere is nothing to learn from such a file."));
        all.add(images(
                "no width",
                Idx.file(new byte[0], 3, 2, 0),
                "DIR/bad: its header claims a width of 0\nThere is nothing to learn from such a file."));
        all.add(images("truncated", Arrays.copyOf(images, images.length - 1), """
                DIR/bad: the file is truncated: 17 of the 18 bytes that its header claims (3 x 2 x 3)
                The file is incomplete: copy or download it again."""));
        all.add(images("trailing", Arrays.copyOf(images, images.length + 1), """
                DIR/bad: more bytes follow the 18 that the header claims (3 x 2 x 3)
                The file is damaged or contains something else: copy or download it again."""));
        all.add(images("truncated gzip", Arrays.copyOf(packed, packed.length - 12), """
                DIR/bad: the gzip data is truncated
                The file is incomplete: copy or download it again."""));
        all.add(images("gzip without trailer", Arrays.copyOf(packed, packed.length - 1), """
                DIR/bad: the gzip data is truncated
                The file is incomplete: copy or download it again."""));
        all.add(images("corrupt gzip", flipped, """
                DIR/bad: the gzip data is corrupt
                The file is damaged: copy or download it again."""));
        all.add(images("huge claim", Idx.file(new byte[1], -1, -1, -1), """
                DIR/bad: its header claims 4294967295 x 4294967295 x 4294967295 bytes
                At most 2147483639 are supported."""));
        all.add(images("large claim", Idx.file(new byte[1], 2_000_000, 32, 32), """
                DIR/bad: the file is truncated: 1 of the 2048000000 bytes that its header claims (2000000 x 32 x 32)
                The file is incomplete: copy or download it again."""));
        all.add(labels("images as labels", images, """
                DIR/bad: the file has 3 dimensions, but labels have 1: count
                Are images and labels swapped?"""));
        all.add(labels("counts differ", Idx.labels(1, 0), """
                DIR/bad: there are 2 labels for the 3 images of DIR/images
                Each image has one label: do the two files belong together?"""));
        all.add(new Misuse(
                "label beyond the classes", () -> named(List.of("a", "b")).open(Context.in(folder)), """
                DIR/labels: label 3 is 2, out of range: there are 2 classes
                Labels begin at 0: the largest allowed here is 1."""));
        all.add(trained("label beyond the training's", new Encoding(Shape.of(2, 3, 1), List.of(), two), """
                DIR/labels: label 3 is 2, out of range: there are 2 classes
                Labels begin at 0: the largest allowed here is 1."""));
        all.add(trained(
                "other size than in training",
                new Encoding(
                        Shape.of(28, 28, 1), List.of(), new Target(Target.Form.CLASS_INDEX, List.of("a", "b", "c"))),
                "DIR/images: an input is [height 2, width 3, channels 1], but the training examples are "
                        + "[height 28, width 28, channels 1]"));
        all.add(trained(
                "classes where numbers were learned",
                new Encoding(Shape.of(2, 3, 1), List.of(), value),
                "the targets are classes, but those of the training examples are numbers (price)"));
        all.add(new Misuse(
                "other class names than in training",
                () -> named(List.of("x", "y", "z"))
                        .open(Context.in(folder).after(new Encoding(Shape.of(2, 3, 1), List.of(), two))),
                """
                the classes are x, y, z, but the training examples have a, b
                at classes
                Remove classes: those of the training examples are used."""));
        all.add(new Misuse(
                "no labels",
                () -> new IdxSource("images", Optional.empty(), Optional.empty(), false, 0, 0, Optional.empty())
                        .open(Context.in(folder)),
                """
                images has no labels file
                at labels
                Add labels: with the file of the class numbers."""));
        all.add(new Misuse("skip all", () -> source(3, Optional.empty()).open(Context.in(folder)), """
                skip is 3, but there are 3 examples
                at skip"""));
        all.add(new Misuse("count too many", () -> source(0, Optional.of(4)).open(Context.in(folder)), """
                count is 4, but there are 3 examples
                at count"""));
        all.add(new Misuse("count after skip", () -> source(1, Optional.of(3)).open(Context.in(folder)), """
                count is 3, but there are 3 examples, 2 after skip 1
                at count"""));
        all.add(new Misuse("negative skip", () -> source(-1, Optional.empty()), "skip is -1\nskip: 0 or more"));
        all.add(new Misuse("no count", () -> source(0, Optional.of(0)), "count is 0\ncount: 1 or more"));
        all.add(new Misuse("no classes", () -> named(List.of()), "classes is []\nclasses: at least one name"));
        all.add(new Misuse(
                "equal classes", () -> named(List.of("a", "a")), "classes is [a, a]\nclasses: distinct names"));
        Misuse.assertTexts(33, folder, all);
    }

    private Misuse images(String name, byte[] content, String expected) {
        return new Misuse(name, () -> open(content, "bad", "labels"), expected);
    }

    private Misuse labels(String name, byte[] content, String expected) {
        return new Misuse(name, () -> open(content, "images", "bad"), expected);
    }

    private Misuse trained(String name, Encoding training, String expected) {
        return new Misuse(
                name, () -> source("images", "labels").open(Context.in(folder).after(training)), expected);
    }

    private void open(byte[] bad, String images, String labels) {
        if (bad != null) {
            Idx.write(folder.resolve("bad"), bad);
        }
        source(images, labels).open(Context.in(folder));
    }

    private static IdxSource source(String images, String labels) {
        return new IdxSource(images, Optional.of(labels), Optional.empty(), false, 0, 0, Optional.empty());
    }

    private static IdxSource source(int skip, Optional<Integer> count) {
        return new IdxSource("images", Optional.of("labels"), Optional.empty(), false, 0, skip, count);
    }

    private static IdxSource named(List<String> classes) {
        return new IdxSource("images", Optional.of("labels"), Optional.of(classes), false, 0, 0, Optional.empty());
    }
}
