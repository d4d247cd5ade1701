package dev.chainrule.app.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.BrokenPlugins;
import dev.chainrule.app.testing.Plugins;
import dev.chainrule.app.testing.PreparedFolder;
import dev.chainrule.app.testing.Resealed;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.files.FolderLock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test {@code archive}: a packed run needs nothing else, is the same bytes each time, and harms nobody who unpacks it. */
final class ArchiveCommandTests {
    private static final String TOP = "plants-20260102-030405-";

    @TempDir
    private static Path folder;

    private static PreparedFolder prepared;

    private Shell shell;

    @BeforeAll
    static void train() {
        Shell shell = new Shell(folder)
                .file("sender/base.yaml", Samples.PLANTS.replace("plants.csv", "../tables/plants.csv"))
                .file("sender/plants.yaml", """
                        extends: base.yaml
                        model:
                          - { type: dense, units: 3, activation: swish }
                          - { type: dense, units: 2, activation: softmax }
                        hooks: [ checkpoint ]
                        plugins: [ jars/swish.jar ]
                        training: { epochs: 5 }
                        """)
                .file("sender/jars/swish.jar", BrokenPlugins.good().bytes())
                .file("tables/plants.csv", Samples.PLANTS_TABLE);
        shell.trust("sender/jars/swish.jar").done("/demo/sender/plants.yaml", "--run-dir", "/demo/run", "--quiet");
        prepared = new PreparedFolder(folder);
    }

    @BeforeEach
    void putBack() {
        shell = prepared.putBack();
    }

    /** Leave nothing but the archive. */
    private void pack(String... options) {
        shell.done(Stream.concat(Stream.of("archive", "/demo/run", "--output", "/demo/x.zip"), Stream.of(options))
                .toArray(String[]::new));
        List.of("sender", "tables", "run").forEach(shell::delete);
    }

    @Test
    void archive_nothingElseLeft_isVerifiedEvaluatedPredictedAndCompared() {
        byte[] model = shell.bytes("run/model.safetensors");
        pack();
        String out = shell.done("verify", "/demo/x.zip").out();
        assertTrue(out.startsWith("/demo/x.zip: plants, completed\n"), out);
        assertTrue(out.endsWith("\nPASS\n"), out);
        assertTrue(shell.done("evaluate", "/demo/x.zip").out().startsWith("/demo/x.zip: 4 examples from "));
        shell.file("new.csv", "site;height\nbog;1.3\n");
        shell.done("predict", "/demo/x.zip", "--input", "/demo/new.csv");
        assertTrue(shell.done("diff", "/demo/x.zip", "/demo/x.zip").out().contains("epochs   identical: 5"));
        unpack();
        shell.done("evaluate", "/demo/run");
        shell.done("rerun", "/demo/run", "--run-dir", "/demo/again", "--quiet");
        assertArrayEquals(model, shell.bytes("again/model.safetensors"));
        shell.delete("run/model.safetensors");
        Resealed.killed(shell, "run");
        shell.done("resume", "/demo/run");
        assertArrayEquals(model, shell.bytes("run/model.safetensors"));
        assertTrue(temporary().isEmpty(), "left " + temporary());
    }

    private void unpack() {
        shell.done("archive", "--unpack", "/demo/x.zip", "--output", "/demo/unpacked");
        try (Stream<Path> runs = Files.list(shell.at("unpacked"))) {
            Files.move(runs.findFirst().orElseThrow(), shell.at("run"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void archive_sameRunElsewhere_isTheSameBytes() {
        shell.copy("run", "place");
        shell.done("archive", "/demo/run", "--output", "/demo/one.zip");
        String out = shell.done("archive", "/demo/place", "--output", "/demo/two.zip")
                .out();
        assertArrayEquals(shell.bytes("one.zip"), shell.bytes("two.zip"));
        assertTrue(out.contains("data     ../tables/plants.csv\n"), out);
        assertTrue(out.contains("plugins  swish.jar\n"), out);
        List<String> names = names("one.zip");
        assertTrue(names.stream().allMatch(name -> name.startsWith(TOP)), names.toString());
        assertEquals(names.stream().sorted().toList(), names);
        for (String end : List.of("/data/tables/plants.csv", "/plugins/swish/swish.jar", "/bases/1-base.yaml")) {
            assertEquals(1, names.stream().filter(name -> name.endsWith(end)).count(), end);
        }
        assertFalse(names.toString().contains(".lock"), names.toString());
        String err = shell.execute("archive", "/demo/run", "--output", "/demo/one.zip")
                .failed(ExitCode.INPUT);
        assertTrue(err.contains("'/demo/one.zip' exists already"), err);
    }

    @Test
    void archive_withoutData_isVerifiedWithTheFolderOfTheData() {
        shell.file("elsewhere/plants.csv", Samples.PLANTS_TABLE);
        pack("--without-data");
        assertFalse(names("x.zip").toString().contains("plants.csv"));
        String err = shell.execute("verify", "/demo/x.zip").failed(ExitCode.INPUT);
        assertTrue(err.contains("there is no such file: '../tables/plants.csv'"), err);
        assertTrue(shell.done("verify", "/demo/x.zip", "--data-dir", "/demo/elsewhere")
                .out()
                .endsWith("\nPASS\n"));
    }

    @Test
    void archive_dataOrPluginChangedOrGone_isRefused() {
        shell.file("tables/plants.csv", Samples.PLANTS_TABLE.replace("40;", "41;"));
        String changed = archived();
        assertTrue(changed.contains("'../tables/plants.csv' is not the file that the run read"), changed);
        assertTrue(changed.contains("/demo/tables/plants.csv, which has SHA-256 "), changed);
        shell.delete("tables");
        String gone = archived();
        assertTrue(gone.contains("there is no such file: '../tables/plants.csv'"), gone);
        shell.file("sender/jars/swish.jar", Plugins.square("z").bytes());
        String other = archived();
        assertTrue(other.contains("plugin '/demo/sender/jars/swish.jar' is not the one of the run"), other);
        shell.delete("sender/jars");
        assertTrue(archived().contains("plugin 'swish.jar' of the run is missing"));
        assertFalse(Files.exists(shell.at("x.zip")));
    }

    private String archived() {
        return shell.execute("archive", "/demo/run", "--output", "/demo/x.zip").failed(ExitCode.INPUT);
    }

    @Test
    void archive_filesOfOneName_stayApart() {
        shell.file(
                        "two/plants.yaml",
                        Samples.PLANTS
                                .replace("file: plants.csv", "file: a/plants.csv")
                                .replace(
                                        "validation: { count: 4 }",
                                        "validation: { type: csv, file: ../a/plants.csv, delimiter: ';', target: kind }"))
                .file("two/a/plants.csv", Samples.PLANTS_TABLE)
                .file("a/plants.csv", Samples.PLANTS_TABLE.replace("40;", "41;"));
        shell.done("/demo/two/plants.yaml", "--run-dir", "/demo/both", "--quiet");
        shell.done("archive", "/demo/both", "--output", "/demo/both.zip");
        List.of("two", "a", "both").forEach(shell::delete);
        assertTrue(shell.done("verify", "/demo/both.zip").out().endsWith("\nPASS\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rerun", "resume", "gradcheck"})
    void commands_thatLeaveSomething_askToUnpackFirst(String command) {
        pack();
        String err = shell.execute(command, "/demo/x.zip").failed(ExitCode.INPUT);
        assertTrue(err.contains("'/demo/x.zip' is a packed run"), err);
        assertTrue(err.contains("archive --unpack /demo/x.zip"), err);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.txt",
                "run/../../evil.txt",
                "/evil.txt",
                "C:/evil.txt",
                "run\\..\\evil.txt",
                "run/./evil.txt",
                "evil.txt"
            })
    void unpack_nameOutOfTheFolder_isRefusedBeforeAnythingIsWritten(String name) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("run/run.json", "{}".getBytes(StandardCharsets.UTF_8));
        files.put(name, new byte[1]);
        shell.file("evil.zip", zip(files));
        String err = shell.execute("archive", "--unpack", "/demo/evil.zip", "--output", "/demo/unpacked")
                .failed(ExitCode.INPUT);
        assertTrue(err.contains("/demo/evil.zip: error: contains a file that would escape its folder: '"), err);
        assertFalse(Files.exists(shell.at("unpacked")));
        assertEquals(err, shell.execute("verify", "/demo/evil.zip").failed(ExitCode.INPUT));
        assertTrue(temporary().isEmpty(), "left " + temporary());
    }

    @Test
    void unpack_bombOrNoRunOrDamage_isRefused() {
        shell.file("bomb.zip", zip(Map.of("run/run.json", new byte[10_000_000])));
        assertTrue(unpacked("bomb.zip").contains("would unpack to 10000000 bytes"));
        shell.file("other.zip", zip(Map.of("letter/dear.txt", new byte[1])));
        assertTrue(unpacked("other.zip").contains("is not a packed run"));
        Map<String, byte[]> two = new TreeMap<>(Map.of("run/run.json", new byte[1], "other/run.json", new byte[1]));
        shell.file("two.zip", zip(two));
        assertTrue(unpacked("two.zip").contains("is not a packed run"));
        shell.file("cut.zip", Arrays.copyOf(zip(two), 40));
        assertTrue(unpacked("cut.zip").contains("is damaged or not a zip archive"));
        shell.file("text.zip", "no zip");
        assertTrue(unpacked("text.zip").contains("'/demo/text.zip' is not a packed run"));
        assertTrue(unpacked("gone.zip").contains("'/demo/gone.zip' is not a packed run: it does not exist"));
        pack();
        unpack();
        shell.done("archive", "--unpack", "/demo/x.zip", "--output", "/demo/twice");
        assertTrue(shell.execute("archive", "--unpack", "/demo/x.zip", "--output", "/demo/twice")
                .failed(ExitCode.INPUT)
                .contains("exists already"));
    }

    @Test
    void unpack_afterOneThatWasKilled_removesItsLeftoversAndSaysSo() {
        pack();
        unpack();
        String run = shell.execute("archive", "--unpack", "/demo/x.zip", "--output", "/demo/again")
                .out()
                .strip()
                .substring("unpacked into /demo/again/".length());
        String part = "twice/." + run + ".part";
        shell.file(part + "/.lock", "").copy("again/" + run, part + "/" + run);
        shell.delete(part + "/" + run + "/steps.bin");
        assertEquals(
                "",
                shell.execute("runs", "/demo/twice", "--format", "csv", "--columns", "run")
                        .out()
                        .replaceFirst("run\\R", ""));
        String out = shell.done("archive", "--unpack", "/demo/x.zip", "--output", "/demo/twice")
                .out();
        assertEquals(
                "removed /demo/" + part + ", left over from an interrupted unpacking\nunpacked into /demo/twice/" + run
                        + "\n",
                out);
        assertFalse(Files.exists(shell.at(part)));
        assertArrayEquals(shell.bytes("again/" + run + "/steps.bin"), shell.bytes("twice/" + run + "/steps.bin"));
    }

    @Test
    void unpack_underWayElsewhere_isRefusedAndLeftAlone() {
        pack();
        String name = names("x.zip").get(0).replaceFirst("/.*", "");
        String part = "twice/." + name + ".part";
        shell.file(part + "/" + name + "/run.json", "half");
        try (FolderLock lock = FolderLock.take(shell.at(part), Duration.ZERO).orElseThrow()) {
            String err = shell.execute("archive", "--unpack", "/demo/x.zip", "--output", "/demo/twice")
                    .failed(ExitCode.FAILED);
            assertTrue(
                    err.contains("'/demo/twice/" + name + "' is being written by another process"), () -> err + lock);
            assertEquals("half", shell.text(part + "/" + name + "/run.json"));
        }
    }

    @Test
    void unpack_damageInTheMiddle_leavesNothing() {
        String numbers = IntStream.range(0, 10_000).mapToObj(String::valueOf).collect(Collectors.joining(" "));
        byte[] bytes = zip(new TreeMap<>(Map.of(
                "run/metrics.jsonl", "{}".getBytes(StandardCharsets.UTF_8),
                "run/run.json", numbers.getBytes(StandardCharsets.UTF_8))));
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 40, (byte) 0xff);
        shell.file("damaged.zip", bytes);
        String err = unpacked("damaged.zip");
        assertTrue(err.contains("/demo/damaged.zip: error: 'run/run.json' is damaged"), err);
        assertEquals(List.of(), List.of(shell.at("unpacked").toFile().list()));
    }

    private String unpacked(String archive) {
        return shell.execute("archive", "--unpack", "/demo/" + archive, "--output", "/demo/unpacked")
                .failed(ExitCode.INPUT);
    }

    private List<String> names(String archive) {
        try (ZipFile zip = new ZipFile(shell.at(archive).toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static List<Path> temporary() {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("chainrule-archive-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
