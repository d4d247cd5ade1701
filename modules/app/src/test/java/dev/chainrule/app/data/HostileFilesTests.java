package dev.chainrule.app.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Test that no file, whatever it holds or is, costs more than its size or gets an answer that nobody can read. */
final class HostileFilesTests {
    private static final int CASES = 57;
    private static final int MEBI = 1 << 20;
    /**
     * The memory that a command allocates besides the file, in bytes: the largest is the beginning that is believed of
     * an IDX file.
     */
    private static final long MOST_ALLOCATED = 400L * MEBI;

    private static final int LONGEST_ANSWER = 2_500;
    /** Only against waiting without end, on any machine. */
    private static final Duration LONGEST = Duration.ofMinutes(4);

    private static final String TABLE = """
            data:
              train: { type: csv, file: %s, target: y }
              batch_size: 2
            model: [ { type: dense, units: 1 } ]
            loss: quadratic
            optimizer: { type: sgd, learning_rate: 0.01 }
            training: { epochs: 1 }
            """;
    private static final String IMAGES = """
            data:
              train: { type: idx, images: %s, labels: %s }
              batch_size: 2
            model: [ { type: dense, units: 2, activation: softmax } ]
            loss: cross_entropy
            optimizer: { type: sgd, learning_rate: 0.01 }
            training: { epochs: 1 }
            """;

    @TempDir
    private static Path folder;

    private static Shell shell;

    /**
     * A file and the command that meets it.
     *
     * @param answer a part of the expected message
     * @param args of the command
     */
    private record Case(String name, String answer, String... args) {}

    @BeforeAll
    static void writeFiles() throws IOException, InterruptedException {
        shell = new Shell(folder);
        Samples.write(shell);
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/run", "--quiet");
        shell.done("/demo/images.yaml", "--run-dir", "/demo/images", "--quiet");
        special();
    }

    private static void special() throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", shell.at("pipe").toString())
                        .start()
                        .waitFor());
        Files.createSymbolicLink(shell.at("zero"), Path.of("/dev/zero"));
        Files.createSymbolicLink(shell.at("loop"), Path.of("loop"));
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(shell.at("socket")))
                .close();
        Files.createDirectories(shell.at("pipes"));
        for (String jar : new String[] {"a.jar", "b.jar"}) {
            Files.createSymbolicLink(shell.at("pipes").resolve(jar), shell.at("pipe"));
        }
    }

    /** What deletes the folder would warn of a link that leads out of it. */
    @AfterAll
    static void unlink() throws IOException {
        Files.delete(shell.at("zero"));
    }

    private static Stream<Case> cases() {
        return Stream.of(tables(), images(), pictures(), models(), runs(), archives(), plugins(), configs())
                .flatMap(each -> each);
    }

    private static Stream<Case> tables() {
        String wide = IntStream.range(0, 200_000).mapToObj(i -> "c" + i).collect(Collectors.joining(",", "", "\n"));
        return Stream.of(
                table("zeros.csv", "NUL character", new byte[MEBI]),
                table(
                        "five-gigabytes.csv",
                        "only tables of up to 4.29 GB are supported",
                        sparse("five-gigabytes.csv", 5L << 30)),
                table("long-name.csv", "is no column 'y'", text("x".repeat(8 * MEBI) + "\n1\n")),
                table(
                        "long-cell.csv",
                        "a cell has more than 16777216 characters",
                        text("y\n" + "1".repeat(20 * MEBI) + "\n")),
                table("open-quote.csv", "quote", text("x,y\n1,\"2\n" + "3,4\n".repeat(MEBI))),
                table("wide.csv", "is no column 'y'", text(wide + wide.replace('c', '1'))),
                table("one-name.csv", "there is no column to learn from", text(one("y") + one("1"))),
                table("ragged.csv", "cells", text("x,y\n1,2\n" + "1,".repeat(MEBI) + "1\n")),
                table("letters.csv", "y", text("x,y\n" + "1,2\n".repeat(100_000) + "1,two\n")),
                table("large-number.csv", "y", text("x,y\n1,1" + "0".repeat(MEBI) + "\n2,2\n")),
                table("bomb.csv.gz", "a cell has more than 16777216 characters", Samples.gzip(new byte[64 * MEBI])),
                table("cut-off.csv.gz", "is truncated", cut(Samples.gzip(text("x,y\n" + "1,2\n".repeat(MEBI))), 2_000)),
                table("not-gzip.csv.gz", "gzip", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 7, 7, 7}),
                table("utf-8.csv", "is not UTF-8", cut(text("x,y\n" + "1,é\n".repeat(MEBI)), 5 * MEBI - 3)),
                table("pipe", "is a pipe; a file is required"),
                table("zero", "is a device; a file is required"),
                table("socket", "is a socket; a file is required"),
                table("loop", "there is no such file"),
                table("pipes", "is a folder; a file is required"));
    }

    private static Stream<Case> images() {
        return Stream.of(
                image("claims.idx", "the file is truncated: 100 of the", Samples.idx(new byte[100], 60_000, 160, 160)),
                image(
                        "two-billion.idx",
                        "the file is truncated: 9 of the",
                        Samples.idx(new byte[9], 238_609_293, 3, 3)),
                image("beyond.idx", "its header claims", Samples.idx(new byte[9], -1, -1, -1)),
                image("none.idx", "a count of 0", Samples.idx(new byte[9], 0, 3, 3)),
                image("dimensions.idx", "255 dimensions", new byte[] {0, 0, 8, -1}),
                image("bomb.idx.gz", "more bytes follow", Samples.gzip(Samples.idx(new byte[64 * MEBI], 2, 3, 3))),
                image("python.npy", "not an IDX file", numpy()),
                image("pipe", "is a pipe; a file is required"),
                image("zero", "is a device; a file is required"),
                image("loop", "there is no such file"));
    }

    private static Stream<Case> pictures() {
        return Stream.of(
                picture("large.png", "claims 60000 x 60000 pixels", png(60_000)),
                picture("larger.png", "cannot be decoded", png(-1)),
                picture("large.gif", "65535 x 65535", gif()),
                picture("cut-off.png", "cannot be decoded", cut(Samples.png(300, 300, 5), 90)),
                new Case(
                        "a device as a picture",
                        "is a device; a file or a pipe is required",
                        "predict",
                        "/demo/images",
                        "--input",
                        "/dev/zero"));
    }

    private static Stream<Case> models() {
        return Stream.of(
                model("header.safetensors", "not a valid safetensors file", header(Long.MIN_VALUE, "{}")),
                model("long-header.safetensors", "not a valid safetensors file", header(100_000_000, "{}")),
                model("nested.safetensors", "nest", header(40_000, "{\"a\":".repeat(8_000))),
                model(
                        "beyond.safetensors",
                        "does not fit the network",
                        header("{\"a\":{\"dtype\":\"F32\",\"shape\":[9000000,9000000],\"data_offsets\":[0,4]}}")),
                model("python.npy", "not a valid safetensors file", numpy()),
                model("pipe", "is not a run: it has no run.json"),
                model("zero", "is not a run: it has no run.json"));
    }

    private static Stream<Case> runs() {
        return Stream.of(
                run("long-record", "run.json", "the file has 105 MB", text(" ".repeat(100 * MEBI))),
                run("nested-record", "run.json", "the record is damaged", text("[".repeat(MEBI))),
                run("short-model", "model.safetensors", "model.safetensors was edited", cut(modelFile(), 99)),
                run("pipe-model", "model.safetensors", "model.safetensors is missing", null),
                run("pipe-record", "run.json", "it has no run.json", null));
    }

    private static Stream<Case> archives() {
        return Stream.of(
                archive("above.zip", "would escape its folder", zip("run/../../above/run.json", 2)),
                archive("absolute.zip", "would escape its folder", zip("/run/run.json", 2)),
                archive("bomb.zip", "more than 200 times its size", zip("run/run.json", 64 * MEBI)));
    }

    private static Stream<Case> plugins() {
        return Stream.of(
                plugin("bomb.jar", "this jar would unpack to 67.1 MB", zip("bomb.bin", 64 * MEBI)),
                plugin("text.jar", "this is not a jar", text("jar".repeat(MEBI))),
                plugin("pipe", "this is not a file"),
                plugin("zero", "this is not a file"),
                plugin("pipes", "this is not a file"));
    }

    private static Stream<Case> configs() {
        return Stream.of(
                new Case("a device as a config", "is larger than 16 MiB", "validate", "/dev/zero"),
                new Case("a folder as a config", "is a directory", "validate", "/demo/pipes"),
                new Case("a link to itself", "there is no file", "validate", "/demo/loop"));
    }

    private static Case table(String name, String answer) {
        String config = name + "-table.yaml";
        shell.file(config, TABLE.formatted(name));
        return new Case(name + " as a table", answer, "validate", "/demo/" + config);
    }

    private static Case table(String name, String answer, byte[] content) {
        write(name, content);
        return table(name, answer);
    }

    private static Case image(String name, String answer) {
        String config = name + "-images.yaml";
        shell.file(config, IMAGES.formatted(name, "labels.gz"));
        return new Case(name + " as images", answer, "validate", "/demo/" + config);
    }

    private static Case image(String name, String answer, byte[] content) {
        write(name, content);
        return image(name, answer);
    }

    private static Case picture(String name, String answer, byte[] content) {
        write(name, content);
        return new Case(name, answer, "predict", "/demo/images", "--input", "/demo/" + name);
    }

    private static Case model(String name, String answer) {
        return new Case(
                name + " to start from",
                answer,
                "run",
                "/demo/gates.yaml",
                "--start-from",
                "/demo/" + name,
                "--run-dir",
                "/demo/never");
    }

    private static Case model(String name, String answer, byte[] content) {
        write(name, content);
        return model(name, answer);
    }

    /** Spoil a file of a run; without content it becomes a pipe. */
    private static Case run(String name, String file, String answer, byte[] content) {
        shell.copy("run", name);
        try {
            Files.delete(shell.at(name).resolve(file));
            if (content == null) {
                Files.createSymbolicLink(shell.at(name).resolve(file), shell.at("pipe"));
            } else {
                Files.write(shell.at(name).resolve(file), content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Case(name, answer, "evaluate", "/demo/" + name, "--data", "train");
    }

    private static Case archive(String name, String answer, byte[] content) {
        write(name, content);
        return new Case(name, answer, "archive", "/demo/" + name, "--unpack", "--output", "/demo/unpacked");
    }

    private static Case plugin(String name, String answer) {
        return new Case(name + " as a plugin", answer, "validate", "/demo/gates.yaml", "--plugins", "/demo/" + name);
    }

    private static Case plugin(String name, String answer, byte[] content) {
        write(name, content);
        return plugin(name, answer);
    }

    private static void write(String name, byte[] content) {
        if (content.length > 0) {
            shell.file(name, content);
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] cut(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length);
    }

    private static String one(String cell) {
        return (cell + ",").repeat(99_999) + cell + "\n";
    }

    /** Write a table of a few bytes in a file that is large and takes no room on the disk. */
    private static byte[] sparse(String name, long size) {
        shell.file(name, "x,y\n1,2\n");
        try (RandomAccessFile file = new RandomAccessFile(shell.at(name).toFile(), "rw")) {
            file.setLength(size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new byte[0];
    }

    private static byte[] numpy() {
        return ByteBuffer.allocate(16 + MEBI)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0})
                .array();
    }

    private static byte[] header(String json) {
        return header(json.length(), json);
    }

    /** Return a safetensors file whose header claims a length. */
    private static byte[] header(long claim, String json) {
        return ByteBuffer.allocate(Long.BYTES + json.length() + 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(claim)
                .put(text(json))
                .array();
    }

    private static byte[] modelFile() {
        return shell.bytes("run/model.safetensors");
    }

    /** Return a PNG picture that claims a width and a height; the checksum of its header is right. */
    private static byte[] png(int side) {
        byte[] picture = Samples.png(3, 3, 1);
        ByteBuffer header = ByteBuffer.wrap(picture);
        header.putInt(16, side).putInt(20, side);
        CRC32 checksum = new CRC32();
        checksum.update(picture, 12, 17);
        header.putInt(29, (int) checksum.getValue());
        return picture;
    }

    private static byte[] gif() {
        byte[] picture = Samples.picture("gif", 3, 3, 1);
        Arrays.fill(picture, 6, 10, (byte) 0xff);
        int image = IntStream.range(13, picture.length)
                .filter(i -> picture[i] == ',' && picture[i + 5] == 3 && picture[i + 7] == 3)
                .findFirst()
                .orElseThrow();
        Arrays.fill(picture, image + 5, image + 9, (byte) 0xff);
        return picture;
    }

    /** Return a zip archive of one file of zeros. */
    private static byte[] zip(String name, int size) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(new byte[size]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @TestFactory
    Stream<DynamicTest> commands_hostileFile_answerInFewWordsAndLittleMemory() {
        List<Case> cases = cases().toList();
        assertEquals(CASES, cases.size());
        return cases.stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.name(), () -> assertTimeoutPreemptively(LONGEST, () -> check(each))));
    }

    private static void check(Case each) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Shell.Result result = shell.execute(each.args());
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        String err = result.failed(ExitCode.INPUT);
        assertTrue(err.contains(each.answer()), err);
        assertTrue(err.length() < LONGEST_ANSWER, () -> err.length() + " characters: " + err);
        assertTrue(allocated < MOST_ALLOCATED, allocated + " bytes allocated");
    }
}
