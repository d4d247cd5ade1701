package dev.chainrule.app.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program itself through the launcher: the user's shell's view of it. */
final class LaunchedProgramTests {
    private static final String XOR = """
            name: xor
            data:
              train: { type: inline, rows: [[0, 0], [0, 1], [1, 0], [1, 1]], targets: [[0], [1], [1], [0]] }
              batch_size: 2
            model:
              - { type: dense, units: 4, activation: tanh }
              - { type: dense, units: 1, activation: sigmoid }
            loss: binary_cross_entropy
            optimizer: { type: sgd, learning_rate: 0.1 }
            training: { epochs: %d }
            %s
            """;

    private static final int ENDLESS = 100_000_000;

    /** Printed once if a run has not ended a second after the signal. */
    private static final String NOTICE =
            "warning: interrupted: the run ends when this step is done and saved; a second signal ends it immediately\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("xor.yaml"), XOR.formatted(2, ""));
        Files.writeString(folder.resolve("endless.yaml"), XOR.formatted(ENDLESS, ""));
        Files.writeString(
                folder.resolve("hopeless.yaml"), XOR.formatted(1, "expect: { train.loss: { max: 0.000001 } }"));
    }

    @Test
    void main_training_returnsZeroAndSaysNothingOnStandardError() {
        Jvm.Result result = new Jvm("dev.chainrule.app.Main").in(folder).run("xor.yaml", "--run-dir", "kept here");

        assertEquals("", result.err());
        assertEquals(0, result.code());
        assertTrue(result.out().contains("run kept in kept here"), result.out());
    }

    @Test
    void main_trainingDiverges_returnsOne() throws IOException {
        Files.writeString(
                folder.resolve("diverging.yaml"),
                XOR.formatted(50, "").replace("0.1", "1.0e+38").replace("tanh", "leaky_relu"));

        Jvm.Result result = program().run("diverging.yaml");

        assertEquals(1, result.code(), result.err());
        assertTrue(result.err().startsWith("error: "), result.err());
    }

    @Test
    void main_wrongInput_returnsTwo() {
        Jvm.Result result = program().run("run", "no such.yaml");

        assertEquals(2, result.code());
        assertTrue(result.err().startsWith("error: there is no file 'no such.yaml'"), result.err());
    }

    @Test
    void main_expectationMissed_returnsThree() {
        assertEquals(3, program().run("hopeless.yaml").code());
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs kill and executable scripts")
    void main_signalToTheParentAlone_savesAndReturnsItsCode(String signal, int code) throws Exception {
        LauncherTests.assumeAnswered(signal);
        Jvm.Running running = program().start("endless.yaml", "--run-dir", "kept");
        Path kept = folder.resolve("kept");
        // Its first epochs are over when there is something to read in it.
        awaitText(kept.resolve("metrics.jsonl"), running);

        Jvm.Running.signal(running.process().pid(), signal);
        Jvm.Result result = running.await();

        assertEquals(code, result.code());
        assertTrue(Set.of("", NOTICE).contains(result.err().replace("\r", "")), result.err());
        assertTrue(Files.exists(kept.resolve("model.safetensors")), () -> result.out() + result.err());
        assertTrue(Files.readString(kept.resolve("run.json")).contains("\"interrupted\""), result.out());
    }

    /** Each JVM says once which collector it uses. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "-V",
                "--help",
                "run --help",
                "plugins",
                "validate xor.yaml",
                "describe xor.yaml",
                ""
            })
    void main_nothingToCompute_startsNoSecondJvm(String line) {
        assertEquals(1, jvms(line));
    }

    @Test
    void main_training_startsASecondJvm() {
        assertEquals(2, jvms("xor.yaml"));
    }

    @Test
    void main_switchedOffAndVerbose_saysSo() {
        Jvm jvm = program().options("-Dchainrule.launcher=off");

        assertTrue(jvm.run("xor.yaml", "--verbose").err().contains("the launcher is disabled"));
        assertEquals("", jvm.run("xor.yaml").err());
    }

    private long jvms(String line) {
        Jvm.Result result = program().options("-Xlog:gc").run(line.isEmpty() ? new String[0] : line.split(" "));
        return result.out().lines().filter(text -> text.contains("[gc] Using ")).count();
    }

    /** Without the second compiler, which such short commands make no use of. */
    private Jvm program() {
        return new Jvm("dev.chainrule.app.Main").in(folder).options("-XX:TieredStopAtLevel=1");
    }

    private static void awaitText(Path file, Jvm.Running running) throws Exception {
        while (!Files.exists(file) || Files.size(file) == 0) {
            assertTrue(running.process().isAlive(), "it ended by itself");
            Thread.sleep(20);
        }
    }
}
