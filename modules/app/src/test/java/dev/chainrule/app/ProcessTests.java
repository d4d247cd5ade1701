package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Child;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.files.Safetensors;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunLock;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test properties that only a separate process has: signals, a working directory, a locale. */
final class ProcessTests {
    private static final String ENDLESS =
            Samples.GATES.replace("name: gates", "name: endless").replace("epochs: 3", "epochs: 100000000")
                    + "hooks: [ { type: progress, every: 1000000 epochs } ]\n";

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void writeSamples() {
        shell = new Shell(folder);
        Samples.write(shell);
        shell.file("endless.yaml", ENDLESS);
    }

    @Test
    void interrupt_longRun_keepsWhatWasLearnedAndExits130() throws IOException, InterruptedException {
        assumeTrue(interruptsReachChildren(), "SIGINT is ignored here, as in a shell's background job");
        end("INT", 130);
    }

    @Test
    void terminate_longRun_keepsWhatWasLearnedAndExits143() throws IOException, InterruptedException {
        end("TERM", 143);
    }

    @Test
    void resume_runInUse_isRefusedUntilItsProcessIsDead() throws Exception {
        shell.file("endless.yaml", ENDLESS.replace("hooks: [", "hooks: [ { type: checkpoint, every: 5 epochs },"));
        Child child = Child.start(folder, List.of(), "endless.yaml", "--run-dir", "runs/endless/run");
        assertEquals(shell.at("runs/endless/run"), awaitFirstEpoch(child));
        assertEquals("""
                error: run directory /demo/runs/endless/run is in use by another run. Wait until that has ended, or choose another directory.

                1 error
                """, shell.execute("resume", "/demo/runs/endless/run").failed(ExitCode.FAILED));
        assertEquals(
                """
                error: run directory /demo/runs/endless/run is not empty
                   Choose one that is absent or empty; nothing is overwritten.

                1 error
                """,
                shell.execute("/demo/gates.yaml", "--run-dir", "/demo/runs/endless/run")
                        .failed(ExitCode.INPUT));
        byte[] record = shell.bytes("runs/endless/run/run.json");
        assertTrue(shell.done("runs", "/demo/runs").out().contains("  running "));
        assertArrayEquals(record, shell.bytes("runs/endless/run/run.json"));
        assertTrue(child.isAlive() && child.isTwo(), "it is disturbed by none of that");
        child.kill(true);
        assertTrue(shell.done("runs", "/demo/runs").out().contains("  unfinished "));
        RunLock.take(new RunDirectory(shell.at("runs/endless/run"))).close();
    }

    @Test
    void run_withoutRunDir_isFoundAsLatest() throws IOException, InterruptedException {
        Child run = Child.start(folder, List.of(), "plants.yaml", "--quiet");
        assertEquals(0, run.code(), run::err);
        assertEquals("", run.out());
        Path kept = onlyRun("plants");
        assertTrue(kept.getFileName().toString().matches("[0-9]{8}-[0-9]{6}-[0-9a-f]{8}"), kept.toString());
        Child evaluated = Child.start(folder, List.of(), "evaluate", "latest");
        assertEquals(0, evaluated.code(), evaluated::err);
        assertTrue(
                evaluated.out().startsWith(folder.relativize(kept) + ": 4 examples from CSV plants.csv\n"),
                evaluated::out);
        Child predicted = Child.start(folder, List.of(), "predict", "latest", "--input", "plants.csv");
        assertEquals(17, predicted.out().lines().count(), predicted::err);
    }

    @Test
    void evaluate_latestWithoutRuns_saysHowToMakeOne() throws IOException, InterruptedException {
        Child child = Child.start(folder, List.of(), "evaluate", "latest");
        assertEquals(2, child.code());
        assertEquals("""
                error: no run under runs
                   Train one first: java -jar pipeline.jar configs/mnist.yaml

                1 error
                """, child.err());
    }

    @Test
    void run_turkishAndLatin1_givesTheSameTextsAndBits() throws IOException, InterruptedException {
        shell.file("plants.yaml", Samples.PLANTS.replace("name: plants", "name: INIT.iris"));
        List<String> strange = List.of(
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Dfile.encoding=ISO-8859-1",
                "-Duser.timezone=Pacific/Kiritimati");
        Child usual = Child.start(folder, List.of("-Duser.language=en"), "plants.yaml", "--run-dir", "one");
        Child other = Child.start(folder, strange, "plants.yaml", "--run-dir", "two");
        assertEquals(0, usual.code(), usual::err);
        assertEquals(0, other.code(), other::err);
        for (String file : List.of("model.safetensors", "metrics.jsonl", "steps.bin", "chain.jsonl", "resolved.yaml")) {
            assertArrayEquals(shell.bytes("one/" + file), shell.bytes("two/" + file), file);
        }
        assertEquals(withoutSpeed(usual.out()).replace("one", "two"), withoutSpeed(other.out()));
        shell.file("wrong.yaml", Samples.PLANTS.replace("softmax", "SIGMO\u0130D"));
        Child usualError = Child.start(folder, List.of("-Duser.language=en"), "wrong.yaml");
        Child otherError = Child.start(folder, strange, "wrong.yaml");
        assertEquals(2, otherError.code());
        assertTrue(otherError.err().contains("unknown activation 'SIGMO\u0130D'"), otherError::err);
        assertEquals(usualError.err(), otherError.err());
    }

    @Test
    void run_nameThatTheLocaleCannotSay_isAnErrorInWords() throws IOException, InterruptedException {
        shell.file("plants.yaml", Samples.PLANTS.replace("plants.csv", "pfl\u00e4nzchen.csv"));
        Child child = Child.start(folder, List.of(), Map.of("LC_ALL", "C"), "plants.yaml");
        // Not every system has such a locale: there the file is merely missing.
        assertEquals(2, child.code(), child::err);
        assertFalse(child.err().contains("Exception"), child::err);
        assertTrue(
                child.err().contains("Non-English letters require a UTF-8 locale")
                        || child.err().contains("there is no such file"),
                child::err);
    }

    @Test
    void run_verbose_logsToStandardError() throws IOException, InterruptedException {
        Child child = Child.start(folder, List.of(), "gates.yaml", "--verbose", "--quiet", "--run-dir", "one");
        assertEquals(0, child.code(), child::err);
        assertEquals("", child.out());
        assertTrue(child.err().startsWith("INFO: gates: 4 examples, batches of 2, 3 epochs of 2 steps\n"), child::err);
        assertTrue(shell.text("one/run.log").contains(" - gates: 4 examples, batches of 2, 3 epochs of 2 steps\n"));
    }

    @Test
    void run_logFormatJson_logsAnObjectPerLine() throws IOException, InterruptedException {
        Child child = Child.start(folder, List.of(), "gates.yaml", "--log-format", "json", "--quiet");
        assertEquals(0, child.code(), child::err);
        List<Map<?, ?>> entries = child.err()
                .lines()
                .<Map<?, ?>>map(line -> (Map<?, ?>) JsonReader.read(line))
                .toList();
        assertEquals(
                "gates: 4 examples, batches of 2, 3 epochs of 2 steps",
                entries.get(0).get("message"));
        assertEquals(
                Set.of("time", "level", "logger", "message"), entries.get(0).keySet());
    }

    private void end(String signal, int code) throws IOException, InterruptedException {
        Child child = Child.start(folder, List.of(), "endless.yaml");
        Path run = awaitFirstEpoch(child);
        child.signal(signal);
        assertEquals(code, child.code(), child::err);
        assertTrue(child.out().contains("interrupted\n"), child::out);
        assertTrue(
                child.out()
                        .endsWith("run kept in " + folder.relativize(run)
                                + "\nmodel:  " + folder.relativize(run.resolve("model.safetensors"))
                                + "\nreport: " + folder.relativize(run.resolve("report.html"))
                                + "\nto resume it: java -jar pipeline.jar resume latest\n"),
                child::out);
        // A machine that is too busy to end the run within a second shows the warning.
        assertTrue(child.err().matches("(warning: interrupted: .* ends it immediately\n)?"), child::err);
        assertEquals(
                4, Safetensors.read(run.resolve("model.safetensors")).tensors().size());
        Map<?, ?> record = (Map<?, ?>) JsonReader.read(Files.readString(run.resolve("run.json")));
        assertEquals("interrupted", record.get("state"));
        assertTrue(Files.readString(run.resolve("report.html"))
                .contains("cannot be shown: the run was interrupted; the command report adds them."));
        assertEquals((long) code, record.get("exit"));
        long steps = (Long) ((Map<?, ?>) record.get("result")).get("steps");
        assertEquals(steps * 2 * Double.BYTES, Files.size(run.resolve("steps.bin")), "every step is recorded");
        assertEquals(
                0, shell.execute("evaluate", run.toString(), "--data", "train").code());
    }

    /** A file is looked for instead of waiting for a time, so that a slow machine does no harm. */
    private Path awaitFirstEpoch(Child child) throws IOException, InterruptedException {
        while (true) {
            assertTrue(child.isAlive(), child::err);
            if (Files.isDirectory(folder.resolve("runs/endless"))) {
                Path run = onlyRun("endless");
                if (Files.exists(run.resolve("metrics.jsonl"))) {
                    return run;
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private Path onlyRun(String name) throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("runs").resolve(name))) {
            return runs.findFirst().orElse(folder.resolve("none"));
        }
    }

    private static String withoutSpeed(String out) {
        return out.replaceAll("[0-9]+ examples/s", "")
                .replaceAll("[0-9.]+ s\\b", "")
                .replaceAll(" +", " ");
    }

    /** Linux tells which signals a process ignores; signals that it ignores are ignored by its children, too. */
    private static boolean interruptsReachChildren() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return true;
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring(7).strip())
                .findFirst()
                .orElse("0");
        return !new BigInteger(ignored, 16).testBit(1);
    }
}
