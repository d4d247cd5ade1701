package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.PreparedFolder;
import dev.chainrule.app.testing.Resealed;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.files.Safetensors;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.math.Matrix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test {@code run --start-from}: the accepted tensors, the refused ones, and that such a run can be resumed, verified
 * and repeated.
 */
final class StartFromTests {
    private static final List<String> SAME =
            List.of("model.safetensors", "start.safetensors", "metrics.jsonl", "steps.bin", "chain.jsonl");
    /** The first layer of {@link Samples#GATES}, and another one behind it. */
    private static final String TUNED = """
            name: tuned
            seed: 4
            data:
              train: { type: inline, rows: [[0, 0], [0, 1], [1, 0], [1, 1]], targets: [[0], [0], [0], [1]] }
              batch_size: 2
            model:
              - { type: dense, units: 8, activation: tanh }
              - { type: dense, units: 1, activation: sigmoid, name: head }
            loss: binary_cross_entropy
            optimizer: { type: adam, learning_rate: 0.01 }
            training: { epochs: 4 }
            hooks: [ checkpoint ]
            """;

    @TempDir
    private static Path folder;

    private static PreparedFolder prepared;

    private Shell shell;

    @BeforeAll
    static void train() {
        Shell shell = new Shell(folder)
                .file("gates.yaml", Samples.GATES + "hooks: [ checkpoint ]\n")
                .file("tuned.yaml", TUNED)
                .file(
                        "still.yaml",
                        TUNED.replace("epochs: 4", "epochs: 1").replace("0.01", "0") + "allow: [ nothing_learns ]\n");
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/gates", "--quiet");
        prepared = new PreparedFolder(folder);
    }

    @BeforeEach
    void putBack() {
        shell = prepared.putBack();
    }

    @Test
    void run_fromAModelWithAnotherHead_takesAllElse() {
        String out = shell.done(
                        "run",
                        "/demo/still.yaml",
                        "--run-dir",
                        "/demo/run",
                        "--start-from",
                        "/demo/gates/model.safetensors",
                        "--start-fresh",
                        "head",
                        "--start-skip",
                        "dense_2")
                .out();
        assertTrue(out.contains("""
                starts from /demo/gates/model.safetensors: 2 tensors
                  initialised: head.biases, head.weights
                  ignored: dense_2.biases, dense_2.weights
                """), out);
        assertEquals(bits("gates", "dense_1.weights"), bits("run", "dense_1.weights"));
        assertEquals(bits("gates", "dense_1.biases"), bits("run", "dense_1.biases"));
        shell.done("/demo/still.yaml", "--run-dir", "/demo/plain", "--quiet");
        assertEquals(bits("plain", "head.weights"), bits("run", "head.weights"), "as it begins by its seed");
        Map<?, ?> start = (Map<?, ?>) record("run").get("start");
        assertEquals(Sha256.of(shell.bytes("gates/model.safetensors")), start.get("sha256"));
        assertEquals(Sha256.of(shell.bytes("run/start.safetensors")), start.get("copy_sha256"));
        assertEquals(
                Map.of("dense_1.biases", "dense_1.biases", "dense_1.weights", "dense_1.weights"), start.get("tensors"));
    }

    @Test
    void run_fromModelCheckpointRunAndLatest_takesTheSame() {
        String[] sources = {
            "/demo/gates/model.safetensors", "/demo/gates/checkpoints/epoch-0003.safetensors", "/demo/gates"
        };
        for (String source : sources) {
            shell.delete("run");
            shell.done(
                    "/demo/still.yaml",
                    "--run-dir",
                    "/demo/run",
                    "--quiet",
                    "--start-from",
                    source,
                    "--start-rename",
                    "dense_2=head");
            assertEquals(bits("gates", "dense_1.weights"), bits("run", "dense_1.weights"), source);
            assertEquals(bits("gates", "dense_2.weights"), bits("run", "head.weights"), source);
            assertEquals(bits("gates", "dense_2.biases"), bits("run", "head.biases"), source);
        }
        shell.delete("gates/model.safetensors");
        shell.delete("run");
        shell.done(
                "/demo/still.yaml",
                "--run-dir",
                "/demo/run",
                "--quiet",
                "--start-from",
                "/demo/gates",
                "--start-rename",
                "dense_2=head");
        assertTrue(String.valueOf(((Map<?, ?>) record("run").get("start")).get("file"))
                .endsWith("epoch-0003.safetensors"));
    }

    @Test
    void run_fromFloat64InFloat32_roundsAndSaysSo() {
        shell.file("wide.yaml", Samples.GATES + "precision: float64\n");
        shell.done("/demo/wide.yaml", "--run-dir", "/demo/wide", "--quiet");
        String out = start("still.yaml", "wide/model.safetensors", "--start-rename", "dense_2=head")
                .out();
        assertTrue(out.contains("wide/model.safetensors: 4 tensors, rounded to float32\n"), out);
        Matrix wide = tensor("wide", "dense_1.weights");
        Matrix rounded = tensor("run", "dense_1.weights");
        for (int i = 0; i < wide.rows(); i++) {
            for (int j = 0; j < wide.columns(); j++) {
                assertEquals((float) wide.get(i, j), rounded.get(i, j));
            }
        }
        assertEquals(true, ((Map<?, ?>) record("run").get("start")).get("rounded"));
    }

    @Test
    void verifyResumeAndRerun_ofARunThatWasStarted_needNothingElse() {
        start("tuned.yaml", "gates", "--start-rename", "dense_2=head");
        shell.delete("gates");
        String out = shell.done("verify", "/demo/run").out();
        assertTrue(out.endsWith("\nPASS\n"), out);
        shell.done("rerun", "/demo/run", "--run-dir", "/demo/again", "--quiet");
        assertSame("again");
        shell.copy("run", "whole");
        Resealed.killed(shell, "run");
        shell.copy("run", "begun");
        shell.delete("begun/checkpoints");
        shell.done("resume", "/demo/begun", "--quiet");
        assertSame("begun");
        shell.delete("run/checkpoints/epoch-0004.safetensors");
        shell.done("resume", "/demo/run", "--quiet");
        assertSame("whole");
    }

    @Test
    void verify_startEditedOrGone_namesIt() {
        start("tuned.yaml", "gates", "--start-rename", "dense_2=head");
        byte[] bytes = shell.bytes("run/start.safetensors");
        Safetensors kept = Safetensors.read(shell.at("run/start.safetensors"));
        kept.tensors().get("head.weights").set(3, 0, 0.5);
        kept.write(shell.at("run/start.safetensors"));
        Shell.Result result = shell.execute("verify", "/demo/run");
        assertTrue(result.failed(ExitCode.CHECK).contains("start.safetensors was edited after the run"), result.err());
        assertTrue(result.out().contains("step 1 is the first to differ"), result.out());
        bytes[bytes.length - 1] ^= 1;
        shell.file("run/start.safetensors", bytes);
        assertTrue(shell.execute("verify", "/demo/run")
                .failed(ExitCode.CHECK)
                .contains("start.safetensors was edited after the run"));
        shell.delete("run/start.safetensors");
        assertTrue(
                shell.execute("verify", "/demo/run").failed(ExitCode.CHECK).contains("start.safetensors is missing"));
        String err =
                shell.execute("rerun", "/demo/run", "--run-dir", "/demo/again").failed(ExitCode.INPUT);
        assertTrue(err.contains("start.safetensors is missing"), err);
        assertFalse(Files.exists(shell.at("again")), "nothing was begun");
    }

    /** Two classes are as many as two others: shapes do not tell. */
    @Test
    void run_fromOtherColumnsOrClasses_warns() {
        String table = "height;kind\n1;moss\n2;moss\n40;fern\n50;fern\n";
        String config = Samples.PLANTS.replace("  test: { fraction: 0.25 }\n  validation: { count: 4 }\n", "");
        shell.file("plants.csv", table).file("plants.yaml", config);
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/plants", "--quiet");
        shell.file("plants.csv", table.replace("height", "width").replace("moss", "tree"));
        Shell.Result result =
                shell.execute("/demo/plants.yaml", "--run-dir", "/demo/run", "--start-from", "/demo/plants");
        assertEquals(ExitCode.DONE, result.code(), result.err());
        assertEquals("""
                warning: the parameters were learned from the columns height, but here they are width
                warning: the parameters were learned for fern, moss, but here the target is fern, tree
                """, result.err());
        shell.done("/demo/plants.yaml", "--dry-run", "--start-from", "/demo/run");
    }

    @Test
    void diff_ofRunsWithOtherStarts_showsThem() {
        start("tuned.yaml", "gates", "--start-rename", "dense_2=head");
        shell.done("/demo/tuned.yaml", "--run-dir", "/demo/plain", "--quiet");
        String out = shell.done("diff", "/demo/run", "/demo/plain").out();
        assertTrue(out.contains("/demo/gates/model.safetensors"), out);
        assertTrue(out.contains("diverge at step 1: "), out);
    }

    private Shell.Result start(String config, String source, String... rules) {
        String[] args = new String[5 + rules.length];
        String[] first = {"/demo/" + config, "--run-dir", "/demo/run", "--start-from", "/demo/" + source};
        System.arraycopy(first, 0, args, 0, first.length);
        System.arraycopy(rules, 0, args, first.length, rules.length);
        return shell.done(args);
    }

    private void assertSame(String other) {
        for (String file : SAME) {
            assertArrayEquals(shell.bytes("run/" + file), shell.bytes(other + "/" + file), other + ": " + file);
        }
    }

    private Matrix tensor(String run, String name) {
        return Safetensors.read(shell.at(run + "/model.safetensors")).tensors().get(name);
    }

    private String bits(String run, String name) {
        Matrix tensor = tensor(run, name);
        StringBuilder values = new StringBuilder(tensor.shape());
        for (int i = 0; i < tensor.rows(); i++) {
            for (int j = 0; j < tensor.columns(); j++) {
                values.append(' ').append(Double.toHexString(tensor.get(i, j)));
            }
        }
        return values.toString();
    }

    private Map<?, ?> record(String run) {
        return shell.json(run + "/run.json");
    }
}
