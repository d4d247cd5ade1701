package dev.chainrule.builtin.data.mnist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.chainrule.api.data.DataSource;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test the checks of MNIST's files when they are opened, and when they are loaded; 2000 images stand for 60,000. */
final class LateMnistTests {
    private static final int COUNT = 2000;
    private static final byte[] IMAGES = Idx.images(COUNT, 28, 28);
    private static final byte[] LABELS =
            Idx.labels(IntStream.range(0, COUNT).map(i -> i % 10).toArray());
    private static final MnistPart PART = new MnistPart(
            COUNT,
            new MnistFile("train-images", IdxFile.Content.IMAGES, Sha256.of(IMAGES)),
            new MnistFile("train-labels", IdxFile.Content.LABELS, Sha256.of(LABELS)));
    private static final String CACHE = "home/.cache/chainrule/mnist";
    private static final Mirrors NO_MIRRORS = new Mirrors(List.of(), Duration.ofSeconds(1));

    @TempDir
    Path folder;

    @Test
    void open_rightHeader_readsTheImagesWhenTheyAreAskedFor() throws Exception {
        put("mnist", Idx.gzip(IMAGES));
        DataSource source = open(NO_MIRRORS, false);
        Files.delete(folder.resolve("mnist/train-images-idx3-ubyte.gz"));
        assertEquals(255, Read.input(source, 0)[255]);
        assertArrayEquals(new double[] {9}, Read.target(source, COUNT - 1));
        assertEquals("""
                DIR/mnist/train-images-idx3-ubyte.gz: there is no such file""", Misuse.text(source::load, folder));
    }

    @Test
    void open_otherPixels_areNotLoaded() {
        byte[] flipped = flipped();
        put("mnist", Idx.gzip(flipped));
        String expected = wrong(flipped);
        DataSource source = open(NO_MIRRORS, false);
        assertEquals(255, Read.input(source, 0)[255]);
        assertEquals(expected, Misuse.text(source::load, folder));
        assertEquals(expected, Misuse.text(source::provenance, folder));
        assertEquals(expected, Misuse.text(() -> Read.input(source, COUNT - 1), folder));
    }

    @Test
    void open_otherFile_isSaidAtOnceWhereLengthOrHeaderShowIt() {
        List<Misuse> all = new ArrayList<>();
        for (byte[] other :
                List.of(Idx.images(COUNT + 1, 28, 28), Idx.images(COUNT, 14, 56), Idx.images(2, 28, 28), LABELS)) {
            all.add(new Misuse(
                    "other content",
                    () -> {
                        put("mnist", Idx.gzip(other));
                        open(NO_MIRRORS, false);
                    },
                    wrong(other)));
        }
        byte[] labels = Idx.labels(new int[COUNT]);
        all.add(new Misuse(
                "other labels",
                () -> {
                    put("mnist", Idx.gzip(IMAGES));
                    Idx.write(folder.resolve("mnist/train-labels-idx1-ubyte.gz"), labels);
                    open(NO_MIRRORS, false);
                },
                wrong("labels-idx1", LABELS, labels)));
        Misuse.assertTexts(5, folder, all);
    }

    @Test
    void load_brokenCache_isDownloadedAgain() throws Exception {
        put(CACHE, Idx.gzip(flipped()));
        put("served", Idx.gzip(IMAGES));
        try (FileServer server = new FileServer(folder.resolve("served"))) {
            DataSource source = open(server.mirrors(), true);
            source.load();
            assertEquals((COUNT - 1) * 784 & 0xff, Read.input(source, COUNT - 1)[0]);
        }
        open(NO_MIRRORS, false).load();
    }

    @Test
    void load_brokenCacheWithoutNetwork_saysThatItIsRemoved() {
        put(CACHE, Idx.gzip(flipped()));
        DataSource source = open(NO_MIRRORS, false);
        assertEquals("""
                MNIST's file train-images is damaged in the cache and not available elsewhere
                cache: DIR/home/.cache/chainrule/mnist/train-images-idx3-ubyte.gz was damaged and has been removed
                download: forbidden by --offline
                Run the command again to search for MNIST once more.""", Misuse.text(source::load, folder));
        assertFalse(Files.exists(folder.resolve(CACHE + "/train-images-idx3-ubyte.gz")), "it is removed");
    }

    private DataSource open(Mirrors mirrors, boolean online) {
        Context offline = Context.in(folder)
                .with(Map.of("MNIST_DIR", folder.resolve("mnist").toString()));
        Context context = online ? offline.online() : offline;
        MnistSource spec = new MnistSource(Split.TRAIN, Optional.empty(), Fallback.NONE, 0, Optional.empty());
        MnistFiles files =
                new MnistFiles(folder.resolve("here"), folder.resolve("home"), mirrors, context, Optional.empty());
        return spec.open(context, files, split -> PART);
    }

    private void put(String place, byte[] images) {
        Idx.write(folder.resolve(place + "/train-images-idx3-ubyte.gz"), images);
        Idx.write(folder.resolve(place + "/train-labels-idx1-ubyte.gz"), LABELS);
    }

    /** Return the images with one bit of the last one changed. */
    private static byte[] flipped() {
        byte[] flipped = IMAGES.clone();
        flipped[flipped.length - 1] ^= 1;
        return flipped;
    }

    private static String wrong(byte[] images) {
        return wrong("images-idx3", IMAGES, images);
    }

    private static String wrong(String file, byte[] expected, byte[] received) {
        return """
                DIR/mnist/train-%s-ubyte.gz: this is not MNIST's file train-%s: its SHA-256 differs
                Expected %s.
                Received %s.
                Remove the file, or read it as it is with type: idx.""".formatted(file, file.substring(0, 6), Sha256.of(expected), Sha256.of(received));
    }
}
