package dev.chainrule.builtin.data.mnist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.Context;
import dev.chainrule.builtin.data.Idx;
import dev.chainrule.builtin.data.Misuse;
import dev.chainrule.builtin.data.Read;
import dev.chainrule.builtin.data.Sha256;
import dev.chainrule.builtin.data.Split;
import dev.chainrule.builtin.data.idx.IdxFile;
import dev.chainrule.builtin.data.mnist.MnistSource.Fallback;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses a small data set of the same form in MNIST's place, except where the real one is at hand. */
final class MnistSourceTests {
    private static final byte[] IMAGES = Idx.images(6, 28, 28);
    private static final byte[] LABELS = Idx.labels(5, 0, 4, 1, 9, 2);
    private static final byte[] TEST_IMAGES = Idx.images(2, 28, 28);
    private static final byte[] TEST_LABELS = Idx.labels(7, 2);

    @TempDir
    Path folder;

    @Test
    void open_directory_isAskedFirst() {
        put("a/train-images-idx3-ubyte", IMAGES);
        put("a/train-labels.idx1-ubyte", LABELS);
        putTrain("b");
        DataSource source = open(train(Optional.of("a"), Fallback.NONE), context(Map.of("MNIST_DIR", at("b"))));
        assertEquals("MNIST train (directory)", source.provenance().origin());
        assertEquals(List.of(), source.warnings());
        assertEquals(6, source.size());
        assertEquals(Shape.of(28, 28, 1), source.encoding().shape());
        assertEquals(10, source.encoding().target().names().size());
        assertArrayEquals(new double[] {9}, Read.target(source, 4));
        assertEquals(255, Read.input(source, 0)[255]);
    }

    @Test
    void open_anyPlaceAndPacking_givesTheSameHash() {
        putTrain("here/data/mnist");
        DataSource packed = open(train(Optional.empty(), Fallback.NONE), context(Map.of()));
        assertEquals("MNIST train (data/mnist)", packed.provenance().origin());
        put("x/train-images.idx3-ubyte", IMAGES);
        put("x/train-labels.idx1-ubyte", LABELS);
        DataSource plain = open(train(Optional.empty(), Fallback.NONE), context(Map.of("MNIST_DIR", at("x"))));
        assertEquals("MNIST train (MNIST_DIR)", plain.provenance().origin());
        assertEquals(packed.provenance().sha256(), plain.provenance().sha256());
    }

    @Test
    void open_cache_isFoundUnderXdgCacheHomeOrHome() {
        putTrain("cache/chainrule/mnist");
        DataSource source =
                open(train(Optional.empty(), Fallback.NONE), context(Map.of("XDG_CACHE_HOME", at("cache"))));
        assertEquals("MNIST train (cache)", source.provenance().origin());
        putTrain("home/.cache/chainrule/mnist");
        assertEquals(
                6,
                open(train(Optional.empty(), Fallback.NONE), context(Map.of())).size());
    }

    @Test
    void open_range_takesThoseExamplesOnly() {
        putTrain("a");
        MnistSource spec = new MnistSource(Split.TRAIN, Optional.of("a"), Fallback.NONE, 4, Optional.of(2));
        DataSource source = open(spec, context(Map.of()));
        assertEquals(2, source.size());
        assertArrayEquals(new double[] {9}, Read.target(source, 0));
    }

    @Test
    void open_afterTrainingWithNamedClasses_takesTheirNames() {
        putTrain("a");
        List<String> names = List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
        Encoding training = new Encoding(Shape.of(28, 28, 1), List.of(), new Target(Target.Form.CLASS_INDEX, names));
        DataSource source =
                open(train(Optional.of("a"), Fallback.NONE), context(Map.of()).after(training));
        assertEquals(training, source.encoding());
    }

    @Test
    void open_unlabelled_needsNoLabels() {
        put("a/train-images-idx3-ubyte", IMAGES);
        assertEquals(
                6,
                open(train(Optional.of("a"), Fallback.NONE), context(Map.of()).unlabelled())
                        .size());
    }

    @Test
    void open_download_isKeptInTheCache() throws Exception {
        try (FileServer server = new FileServer(folder.resolve("served"))) {
            putTrain("served");
            MnistFiles files = files(context(Map.of()).online(), server.mirrors());
            DataSource source = train(Optional.empty(), Fallback.NONE)
                    .open(context(Map.of()).online(), files, this::part);
            assertEquals("MNIST train (download)", source.provenance().origin());
            assertEquals(6, source.size());
        }
        assertEquals(List.of("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"), cached());
        // The server is gone: now it comes from the cache.
        DataSource again = open(train(Optional.empty(), Fallback.NONE), context(Map.of()));
        assertEquals("MNIST train (cache)", again.provenance().origin());
    }

    @Test
    void open_wrongDownload_leavesNothing() throws Exception {
        try (FileServer server = new FileServer(folder.resolve("served"))) {
            put("served/train-images-idx3-ubyte.gz", Idx.gzip(TEST_IMAGES));
            Context context = context(Map.of()).online();
            String text = Misuse.text(
                    () -> train(Optional.empty(), Fallback.NONE)
                            .open(context, files(context, server.mirrors()), this::part),
                    folder);
            assertTrue(
                    text.contains("  download: " + server.root() + "train-images-idx3-ubyte.gz: its SHA-256 differs\n"),
                    text);
            byte[] whole = Idx.gzip(IMAGES);
            put("served/train-images-idx3-ubyte.gz", Arrays.copyOf(whole, whole.length - 9));
            text = Misuse.text(
                    () -> train(Optional.empty(), Fallback.NONE)
                            .open(context, files(context, server.mirrors()), this::part),
                    folder);
            assertTrue(text.contains("train-images-idx3-ubyte.gz: the gzip data is truncated\n"), text);
        }
        assertFalse(Files.exists(folder.resolve("home")), "nothing is written");
    }

    @Test
    void open_cacheThatCannotBeWritten_isSaid() throws Exception {
        putTrain("served");
        put("no-folder", new byte[1]);
        Context context = context(Map.of("XDG_CACHE_HOME", at("no-folder"))).online();
        try (FileServer server = new FileServer(folder.resolve("served"))) {
            MnistFiles files = files(context, server.mirrors());
            String text =
                    Misuse.text(() -> train(Optional.empty(), Fallback.NONE).open(context, files, this::part), folder);
            String expected = "  cache: DIR/no-folder/chainrule/mnist/train-images-idx3-ubyte.gz cannot be written\n";
            assertTrue(text.contains(expected), text);
        }
    }

    @Test
    void open_brokenCache_isDownloadedAgain() throws Exception {
        put("home/.cache/chainrule/mnist/train-images-idx3-ubyte.gz", Idx.gzip(TEST_IMAGES));
        put("home/.cache/chainrule/mnist/train-labels-idx1-ubyte.gz", Idx.gzip(LABELS));
        try (FileServer server = new FileServer(folder.resolve("served"))) {
            putTrain("served");
            Context context = context(Map.of()).online();
            DataSource source =
                    train(Optional.empty(), Fallback.NONE).open(context, files(context, server.mirrors()), this::part);
            assertEquals(6, source.size());
        }
        assertEquals(
                6,
                open(train(Optional.empty(), Fallback.NONE), context(Map.of())).size());
    }

    @Test
    void open_fallback_takesGeneratedDigitsAndSaysSo() {
        DataSource source = open(train(Optional.empty(), Fallback.DIGITS), context(Map.of("MNIST_DIR", at("none"))));
        assertEquals(Shape.of(28, 28, 1), source.encoding().shape());
        assertEquals(10, source.encoding().target().names().size());
        assertEquals(1, source.warnings().size());
        assertEquals(
                "MNIST is not available (MNIST_DIR: DIR/none is not a folder): generated digits are used instead. "
                        + "To train on MNIST, set MNIST_DIR to the folder of its four files.",
                source.warnings().get(0).replace(folder.toString(), "DIR"));
    }

    @Test
    void open_fallbackWithRange_keepsRangesApart() {
        DataSource first = open(
                new MnistSource(Split.TRAIN, Optional.empty(), Fallback.DIGITS, 0, Optional.of(4)), context(Map.of()));
        DataSource rest = open(
                new MnistSource(Split.TRAIN, Optional.empty(), Fallback.DIGITS, 4, Optional.empty()),
                context(Map.of()));
        DataSource both = open(
                new MnistSource(Split.TRAIN, Optional.empty(), Fallback.DIGITS, 0, Optional.of(6)), context(Map.of()));
        assertEquals(4, first.size());
        assertEquals(2, rest.size());
        assertArrayEquals(Read.input(both, 3), Read.input(first, 3));
        assertArrayEquals(Read.input(both, 5), Read.input(rest, 1));
        assertArrayEquals(Read.target(both, 5), Read.target(rest, 1));
    }

    @Test
    void open_fallbackWhereOnlyOnePartIsThere_replacesBoth() {
        putTrain("a");
        DataSource source = open(train(Optional.of("a"), Fallback.DIGITS), context(Map.of()));
        assertEquals(1, source.warnings().size());
        put("a/t10k-images-idx3-ubyte", TEST_IMAGES);
        put("a/t10k-labels-idx1-ubyte", TEST_LABELS);
        assertEquals(
                List.of(),
                open(train(Optional.of("a"), Fallback.DIGITS), context(Map.of()))
                        .warnings());
    }

    @Test
    void open_misuse_saysWhereItLooked() {
        put("wrong/train-images-idx3-ubyte.gz", Idx.gzip(TEST_IMAGES));
        put("wrong/train-labels-idx1-ubyte", LABELS);
        put("cut/train-images-idx3-ubyte.gz", Arrays.copyOf(Idx.gzip(IMAGES), 60));
        put("cut/train-labels-idx1-ubyte", LABELS);
        put("half/train-images-idx3-ubyte", IMAGES);
        putTrain("a");
        String advice = """
                Put the files into a folder and give it with directory: or the environment variable MNIST_DIR.
                With fallback: digits, generated digits are used instead.""";
        List<Misuse> all = new ArrayList<>();
        all.add(misuse("nowhere", train(Optional.empty(), Fallback.NONE), """
                MNIST train is not available
                Looked in these places:
                  MNIST_DIR: not set
                  data/mnist: DIR/here/data/mnist is not a folder
                  cache: DIR/home/.cache/chainrule/mnist is not a folder
                  download: forbidden by --offline
                """ + advice));
        all.add(misuse("labels missing", train(Optional.of("half"), Fallback.NONE), """
                MNIST train is not available
                Looked in these places:
                  directory: DIR/half has no train-labels-idx1-ubyte.gz
                  MNIST_DIR: not set
                  data/mnist: DIR/here/data/mnist is not a folder
                  cache: DIR/home/.cache/chainrule/mnist is not a folder
                  download: forbidden by --offline
                """ + advice));
        for (Fallback fallback : Fallback.values()) {
            // A broken file of the user's is an error even where generated digits would do for a missing one.
            put("wrong/t10k-images-idx3-ubyte", TEST_IMAGES);
            put("wrong/t10k-labels-idx1-ubyte", TEST_LABELS);
            all.add(misuse("wrong content, fallback " + fallback, train(Optional.of("wrong"), fallback), """
                    DIR/wrong/train-images-idx3-ubyte.gz: this is not MNIST's file train-images: its SHA-256 differs
                    Expected %s.
                    Received %s.
                    Remove the file, or read it as it is with type: idx.""".formatted(
                            Sha256.of(IMAGES), Sha256.of(TEST_IMAGES))));
        }
        all.add(misuse("cut off", train(Optional.of("cut"), Fallback.NONE), """
                DIR/cut/train-images-idx3-ubyte.gz: the gzip data is truncated
                The file is incomplete: copy or download it again."""));
        all.add(misuse(
                "too many",
                new MnistSource(Split.TRAIN, Optional.of("a"), Fallback.NONE, 2, Optional.of(5)),
                "count is 5, but there are 6 examples, 4 after skip 2\nat count"));
        all.add(new Misuse(
                "negative count",
                () -> new MnistSource(Split.TRAIN, Optional.empty(), Fallback.NONE, 0, Optional.of(-1)),
                "count is -1\ncount: 1 or more"));
        Misuse.assertTexts(7, folder, all);
    }

    @Test
    void open_realMnist_passesItsHashes() {
        String directory = System.getenv("MNIST_DIR");
        assumeTrue(directory != null, "MNIST_DIR is not set: the real files are not tested");
        Context context = Context.in(folder).with(Map.of("MNIST_DIR", directory));
        DataSource train =
                new MnistSource(Split.TRAIN, Optional.empty(), Fallback.NONE, 0, Optional.empty()).open(context);
        DataSource test = new MnistSource(Split.TEST, Optional.empty(), Fallback.DIGITS, 0, Optional.empty())
                .open(context.after(train.encoding()));
        assertEquals(60_000, train.size());
        assertEquals(10_000, test.size());
        assertEquals("MNIST train (MNIST_DIR)", train.provenance().origin());
        assertEquals("MNIST test (MNIST_DIR)", test.provenance().origin());
        // The first labels of the two files, as published.
        assertArrayEquals(new double[] {5}, Read.target(train, 0));
        assertArrayEquals(new double[] {7}, Read.target(test, 0));
    }

    private Misuse misuse(String name, MnistSource spec, String expected) {
        return new Misuse(name, () -> open(spec, context(Map.of())), expected);
    }

    private DataSource open(MnistSource spec, Context context) {
        return spec.open(context, files(spec, context, new Mirrors(List.of(), Duration.ofSeconds(1))), this::part);
    }

    private MnistFiles files(Context context, Mirrors mirrors) {
        return files(train(Optional.empty(), Fallback.NONE), context, mirrors);
    }

    private MnistFiles files(MnistSource spec, Context context, Mirrors mirrors) {
        Optional<Path> directory = spec.directory().map(context::resolve);
        return new MnistFiles(folder.resolve("here"), folder.resolve("home"), mirrors, context, directory);
    }

    private MnistPart part(Split split) {
        return split == Split.TRAIN ? part(6, "train", IMAGES, LABELS) : part(2, "t10k", TEST_IMAGES, TEST_LABELS);
    }

    private static MnistPart part(int size, String name, byte[] images, byte[] labels) {
        return new MnistPart(
                size,
                new MnistFile(name + "-images", IdxFile.Content.IMAGES, Sha256.of(images)),
                new MnistFile(name + "-labels", IdxFile.Content.LABELS, Sha256.of(labels)));
    }

    private static MnistSource train(Optional<String> directory, Fallback fallback) {
        return new MnistSource(Split.TRAIN, directory, fallback, 0, Optional.empty());
    }

    private Context context(Map<String, String> variables) {
        return Context.in(folder).with(variables);
    }

    private List<String> cached() throws Exception {
        try (var files = Files.list(folder.resolve("home/.cache/chainrule/mnist"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void putTrain(String place) {
        put(place + "/train-images-idx3-ubyte.gz", Idx.gzip(IMAGES));
        put(place + "/train-labels-idx1-ubyte.gz", Idx.gzip(LABELS));
    }

    private void put(String file, byte[] content) {
        Idx.write(folder.resolve(file), content);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }
}
