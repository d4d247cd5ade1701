package dev.chainrule.app.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.files.Safetensors;
import dev.chainrule.engine.files.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunCommandTests {
    private static final List<String> SAME_BITS =
            List.of("model.safetensors", "metrics.jsonl", "steps.bin", "chain.jsonl", "resolved.yaml");
    /** Wide enough that threads share the products. */
    private static final String DIGITS = """
            data:
              train: { type: digits, count: 600 }
              test: { type: digits, split: test, count: 100 }
              validation: { fraction: 0.1 }
              transforms: [ { type: scale, by: 1/255 } ]
              batch_size: 120
            model:
              - { type: dense, units: 64, activation: relu }
              - { type: dropout, rate: 0.2 }
              - batch_norm
              - { type: dense, units: 10, activation: softmax }
            loss: cross_entropy
            optimizer: { type: adam, learning_rate: { type: cosine, from: 0.01 } }
            training: { epochs: 2 }
            """;

    @TempDir
    private Path folder;

    @Test
    void run_withCheckpoints_directoryIsComplete() {
        Shell shell = samples();
        shell.file("gates.yaml", Samples.GATES + "hooks: [ progress, { type: checkpoint, keep: 2 } ]\n");
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/run");
        assertEquals(
                List.of(
                        ".lock",
                        "chain.jsonl",
                        "checkpoints/epoch-0002.safetensors",
                        "checkpoints/epoch-0003.safetensors",
                        "config.yaml",
                        "metrics.jsonl",
                        "model.safetensors",
                        "report.html",
                        "resolved.yaml",
                        "run.json",
                        "run.log",
                        "steps.bin",
                        "timings.jsonl"),
                files(shell.at("run")));
        assertEquals(shell.text("gates.yaml"), shell.text("run/config.yaml"));
        assertEquals(
                Set.of("dense_1.weights", "dense_1.biases", "dense_2.weights", "dense_2.biases"),
                Safetensors.read(shell.at("run/model.safetensors")).tensors().keySet());
        assertEquals(3 * 2 * 2 * Double.BYTES, shell.bytes("run/steps.bin").length, "3 epochs of 2 steps");
    }

    @Test
    void run_anyConfig_recordHoldsTheFacts() {
        Shell shell = samples();
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/run", "--threads", "1");
        Map<?, ?> record = shell.json("run/run.json");
        assertEquals("completed", record.get("state"));
        assertEquals("2026-01-02T03:04:05Z", record.get("started"));
        assertEquals("plants", record.get("name"));
        assertEquals(0L, record.get("seed"));
        assertEquals("float32", record.get("precision"));
        assertEquals(8L, record.get("parameters"));
        assertEquals(List.of(), record.get("plugins"));
        Map<?, ?> sealed = (Map<?, ?>) ((Map<?, ?>) record.get("seal")).get("files");
        assertEquals(Sha256.of(Samples.PLANTS), sealed.get("config.yaml"));
        assertEquals(
                Set.of(
                        "chain.jsonl",
                        "config.yaml",
                        "metrics.jsonl",
                        "model.safetensors",
                        "resolved.yaml",
                        "steps.bin"),
                sealed.keySet());
        Map<?, ?> data = (Map<?, ?>) record.get("data");
        assertEquals(Set.of("train", "validation", "test"), data.keySet());
        Map<?, ?> test = (Map<?, ?>) data.get("test");
        assertEquals("CSV plants.csv", test.get("origin"));
        assertEquals(4L, test.get("examples"));
        assertEquals(Set.of("fern", "moss"), ((Map<?, ?>) test.get("classes")).keySet());
        assertEquals(1L, ((Map<?, ?>) record.get("program")).get("threads"));
        Map<?, ?> result = (Map<?, ?>) record.get("result");
        assertEquals(80L, result.get("steps"));
        assertEquals(1L, ((Map<?, ?>) result.get("metrics")).get("test.accuracy"));
        List<String> chain = shell.text("run/chain.jsonl").lines().toList();
        assertEquals(40, chain.size());
        assertEquals(((Map<?, ?>) JsonReader.read(chain.get(39))).get("link"), result.get("chain"));
    }

    @Test
    void run_anyConfig_metricsAreNumbersWithoutTimes() {
        Shell shell = samples();
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/run");
        List<String> lines = shell.text("run/metrics.jsonl").lines().toList();
        assertEquals(41, lines.size(), "40 epochs and the test");
        Map<?, ?> first = (Map<?, ?>) JsonReader.read(lines.get(0));
        assertEquals(
                List.of("epoch", "step", "train.loss", "train.accuracy", "validation.loss", "validation.accuracy"),
                List.copyOf(first.keySet()));
        assertEquals(0L, first.get("epoch"));
        assertEquals(2L, first.get("step"));
        Map<?, ?> last = (Map<?, ?>) JsonReader.read(lines.get(40));
        assertEquals(List.of("epoch", "step", "test.loss", "test.accuracy"), List.copyOf(last.keySet()));
    }

    @Test
    void run_classes_saysWhatWasLearnedAndWhereItIs() {
        Shell shell = samples();
        String out = shell.done("/demo/plants.yaml", "--run-dir", "/demo/run").out();
        assertTrue(out.startsWith("plants: 8 parameters in 1 layer, float32, "), out);
        assertTrue(out.contains("  train           8 examples from CSV plants.csv\n"), out);
        assertTrue(out.contains("\n  classes     fern  moss\n"), out);
        assertTrue(out.contains("confusion of the test examples (rows: true class, columns: predicted)\n"), out);
        assertTrue(out.contains("\ntest:       loss 0.0"), out);
        assertTrue(
                out.endsWith(
                        "\nrun kept in /demo/run\nmodel:  /demo/run/model.safetensors\nreport: /demo/run/report.html\n"),
                out);
    }

    @Test
    void run_twiceAndWithOtherThreads_givesTheSameBits() {
        Shell shell = new Shell(folder).file("digits.yaml", DIGITS);
        shell.done("/demo/digits.yaml", "--run-dir", "/demo/one", "--threads", "1");
        shell.done("/demo/digits.yaml", "--run-dir", "/demo/again", "--threads", "1");
        shell.done("/demo/digits.yaml", "--run-dir", "/demo/two", "--threads", "2");
        shell.done("/demo/digits.yaml", "--run-dir", "/demo/three", "--threads", "3");
        for (String file : SAME_BITS) {
            for (String run : List.of("again", "two", "three")) {
                assertArrayEquals(shell.bytes("one/" + file), shell.bytes(run + "/" + file), run + "/" + file);
            }
        }
    }

    @Test
    void run_resolvedConfig_givesTheSameBits() {
        Shell shell = new Shell(folder).file("digits.yaml", DIGITS);
        shell.done("/demo/digits.yaml", "--run-dir", "/demo/one");
        shell.done("/demo/one/resolved.yaml", "--run-dir", "/demo/two");
        SAME_BITS.forEach(file -> assertArrayEquals(shell.bytes("one/" + file), shell.bytes("two/" + file), file));
    }

    @Test
    void run_otherSeed_givesOtherBits() {
        Shell shell = new Shell(folder).file("digits.yaml", DIGITS).file("other.yaml", "seed: 7\n" + DIGITS);
        shell.done("/demo/digits.yaml", "--run-dir", "/demo/one");
        shell.done("/demo/other.yaml", "--run-dir", "/demo/two");
        assertFalse(shell.text("one/chain.jsonl").equals(shell.text("two/chain.jsonl")));
    }

    @Test
    void run_quiet_printsNothing() {
        assertEquals(
                "",
                samples()
                        .done("run", "/demo/plants.yaml", "--run-dir", "/demo/run", "--quiet")
                        .out());
    }

    @Test
    void run_dryRun_keepsNothing() {
        Shell shell = samples();
        List<String> before = files(shell.at(""));
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        List<Path> leftOver = dryRuns(temporary);
        String out = shell.done("/demo/plants.yaml", "--run-dir", "/demo/run", "--dry-run")
                .out();
        assertTrue(out.contains("ended early after step 2: step limit\n"), out);
        assertTrue(out.endsWith("\ndry run: no run was kept\n"), out);
        assertEquals(before, files(shell.at("")));
        assertTrue(
                leftOver.containsAll(dryRuns(temporary)),
                () -> dryRuns(temporary).toString());
    }

    @Test
    void run_strangeFileName_nameOfTheRunIsLegal() {
        Shell shell = new Shell(folder).file("Zahl & Brief (2).yaml", Samples.GATES.replace("name: gates\n", ""));
        String out = shell.done("/demo/Zahl & Brief (2).yaml", "--run-dir", "/demo/run")
                .out();
        assertTrue(out.startsWith("Zahl---Brief--2-: "), out);
        assertEquals("Zahl---Brief--2-", shell.json("run/run.json").get("name"));
    }

    @Test
    void run_dataInFolderOfConfig_isFoundFromElsewhere() {
        Shell shell = new Shell(folder)
                .file("deep/er/plants.yaml", Samples.PLANTS.replace("plants.csv", "../plants.csv"))
                .file("deep/plants.csv", Samples.PLANTS_TABLE);
        shell.done("/demo/deep/er/plants.yaml", "--run-dir", "/demo/run", "--quiet");
    }

    @Test
    void run_mnistThatCannotBeHad_saysSoThreeTimes() {
        Shell shell = new Shell(folder)
                .file(
                        "mnist.yaml",
                        DIGITS.replace("digits, count: 600", "mnist, fallback: digits, count: 300")
                                .replace(
                                        "test: { type: digits, split: test, count: 100 }",
                                        "test: { type: mnist, split: test, fallback: digits, count: 100 }"));
        Shell.Result result = shell.execute("/demo/mnist.yaml", "--offline", "--run-dir", "/demo/run");
        assertEquals(ExitCode.DONE, result.code());
        assertTrue(result.err().startsWith("warning: MNIST is not available"), result.err());
        assertTrue(result.out().contains("\nnote: MNIST is not available"), result.out());
        List<?> warnings = (List<?>) shell.json("run/run.json").get("warnings");
        assertTrue(warnings.get(0).toString().startsWith("MNIST is not available"));
    }

    private Shell samples() {
        Shell shell = new Shell(folder);
        Samples.write(shell);
        return shell;
    }

    private static List<Path> dryRuns(Path temporary) {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith("chainrule-dry-run-"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
