package dev.chainrule.builtin.data.published;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.Context;
import dev.chainrule.builtin.data.Misuse;
import dev.chainrule.builtin.data.Read;
import dev.chainrule.builtin.data.Split;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublishedSourcesTests {
    private static final int PER_FILE = 10_000;
    private static final int RECORD = 3073;

    @TempDir
    Path folder;

    @Test
    void cifar10_test_isReadChannelsLast() throws IOException {
        byte[] file = new byte[PER_FILE * RECORD];
        file[0] = 9;
        file[1] = 10; // red, green and blue of the first pixel, then red of the last
        file[1 + 1024] = 20;
        file[1 + 2048] = 30;
        file[1024] = 40;
        file[RECORD] = 3;
        Files.createDirectories(folder.resolve("c/cifar-10-batches-bin"));
        Files.write(folder.resolve("c/cifar-10-batches-bin/test_batch.bin"), file);
        Context context = Context.in(folder).with(Map.of("CHAINRULE_CACHE", at("cache"), "CIFAR10_DIR", at("c")));
        for (int i = 0; i < 2; i++) {
            DataSource source = cifar(Split.TEST, Optional.empty(), 0).open(context);
            source.load();
            assertEquals(PER_FILE, source.size());
            assertEquals(Shape.of(32, 32, 3), source.encoding().shape());
            double[] first = Read.input(source, 0);
            assertArrayEquals(new double[] {10, 20, 30, 0}, Arrays.copyOf(first, 4));
            assertEquals(40, first[3 * 1023]);
            assertArrayEquals(new double[] {9}, Read.target(source, 0));
            assertArrayEquals(new double[] {3}, Read.target(source, 1));
            assertEquals("truck", source.encoding().target().names().get(9));
            assertEquals("CIFAR-10 test (CIFAR10_DIR)", source.provenance().origin());
        }
        DataSource second = new Cifar10Source(Split.TEST, Optional.of("c"), 1, Optional.of(1)).open(context);
        assertEquals(1, second.size());
        assertArrayEquals(new double[] {3}, Read.target(second, 0));
    }

    @Test
    void cifar10_misuse_saysWhatToDo() throws IOException {
        Context context = Context.in(folder).with(Map.of("CHAINRULE_CACHE", at("cache"), "CIFAR10_DIR", at("none")));
        List<Misuse> all = new ArrayList<>();
        all.add(new Misuse(
                "nowhere", () -> cifar(Split.TEST, Optional.of("c"), 0).open(context), """
                CIFAR-10 test is not available
                Looked in these places:
                  directory: DIR/c is not a folder
                  CIFAR10_DIR: DIR/none is not a folder
                  data/cifar10: data/cifar10 is not a folder
                  cache: DIR/cache/cifar10 is not a folder
                Put the files into a folder and give it with directory: or the environment variable CIFAR10_DIR."""));
        all.add(new Misuse(
                "skip", () -> cifar(Split.TEST, Optional.of("c"), PER_FILE).open(context), """
                skip is 10000, but there are 10000 examples
                at skip"""));
        Misuse.assertTexts(2, folder, all);
        Files.createDirectories(folder.resolve("c"));
        Files.write(folder.resolve("c/test_batch.bin"), new byte[7]);
        Files.write(folder.resolve("c/data_batch_1.bin"), new byte[7]);
        all.clear();
        all.add(new Misuse("short", () -> cifar(Split.TEST, Optional.of("c"), 0).open(context), """
                DIR/c/test_batch.bin: the file has 7 bytes; a file of CIFAR-10's binary version has 30730000
                Unpack cifar-10-binary.tar.gz again."""));
        all.add(new Misuse(
                "incomplete", () -> cifar(Split.TRAIN, Optional.of("c"), 0).open(context), """
                DIR/c: the folder has data_batch_1.bin, but no data_batch_2.bin
                Put all files of CIFAR-10 into it."""));
        Misuse.assertTexts(2, folder, all);
        byte[] file = new byte[PER_FILE * RECORD];
        file[2 * RECORD] = 10;
        Files.write(folder.resolve("c/test_batch.bin"), file);
        all.clear();
        all.add(new Misuse(
                "label",
                () -> cifar(Split.TEST, Optional.of("c"), 0).open(context).load(),
                """
                DIR/c/test_batch.bin: the label of picture 3 is 10; 0 to 9 are allowed
                The file is not one of CIFAR-10's binary version, or is damaged."""));
        Misuse.assertTexts(1, folder, all);
    }

    @Test
    void fashionMnist_test_hasItsClasses() throws IOException {
        Files.createDirectories(folder.resolve("f"));
        byte[] labels = new byte[PER_FILE];
        labels[1] = 9;
        byte[] pixels = new byte[PER_FILE * 784];
        pixels[784] = 5;
        Files.write(folder.resolve("f/t10k-images-idx3-ubyte"), idx(pixels, PER_FILE, 28, 28));
        Files.write(folder.resolve("f/t10k-labels-idx1-ubyte"), idx(labels, PER_FILE));
        Context context = Context.in(folder).with(Map.of("FASHION_MNIST_DIR", at("f")));
        DataSource source = fashion(Optional.empty()).open(context);
        assertEquals(PER_FILE, source.size());
        assertEquals(5, Read.input(source, 1)[0]);
        assertArrayEquals(new double[] {9}, Read.target(source, 1));
        assertEquals("Ankle boot", source.encoding().target().names().get(9));
        assertEquals(
                "Fashion-MNIST test (FASHION_MNIST_DIR)", source.provenance().origin());
        List<Misuse> all = new ArrayList<>();
        Files.write(folder.resolve("f/t10k-images-idx3-ubyte"), idx(new byte[4], 1, 2, 2));
        all.add(new Misuse("other images", () -> fashion(Optional.of("f")).open(context), """
                DIR/f/t10k-images-idx3-ubyte: the file has images 1 x 2 x 2, but the published one 10000 x 28 x 28
                Download it again, or read it as it is with type: idx."""));
        Misuse.assertTexts(1, folder, all);
    }

    private static Cifar10Source cifar(Split split, Optional<String> directory, int skip) {
        return new Cifar10Source(split, directory, skip, Optional.empty());
    }

    private static FashionMnistSource fashion(Optional<String> directory) {
        return new FashionMnistSource(Split.TEST, directory, 0, Optional.empty());
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private static byte[] idx(byte[] data, int... dimensions) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + data.length);
        bytes.put(new byte[] {0, 0, 8, (byte) dimensions.length});
        for (int dimension : dimensions) {
            bytes.putInt(dimension);
        }
        return bytes.put(data).array();
    }
}
