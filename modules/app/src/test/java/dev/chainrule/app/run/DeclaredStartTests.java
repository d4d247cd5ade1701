package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.PreparedFolder;
import dev.chainrule.app.testing.Resealed;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.files.Sha256;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trained parameters that a config starts from: those that {@code --start-from} takes, known to every later command. */
final class DeclaredStartTests {
    /** The first layer of {@link Samples#GATES}, and another one behind it. */
    private static final String TUNED = """
            name: tuned
            seed: 4
            data:
              train: { type: inline, rows: [[0, 0], [0, 1], [1, 0], [1, 1]], targets: [[0], [0], [0], [1]] }
              batch_size: 2
            model:
              - { type: dense, units: 8, activation: tanh, learning_rate_factor: 0 }
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
                .file("gates.yaml", Samples.GATES)
                .file("tuned.yaml", TUNED)
                .file("configs/declared.yaml", TUNED + "start: { from: ../gates, layers: [ dense_1 ] }\n");
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/gates", "--quiet");
        prepared = new PreparedFolder(folder);
    }

    @BeforeEach
    void putBack() {
        shell = prepared.putBack();
    }

    @Test
    void run_declaredLayers_hasTheBitsOfTheOptions() {
        String out = shell.done("/demo/configs/declared.yaml", "--run-dir", "/demo/run")
                .out();
        assertTrue(out.contains("""
                model.safetensors: 2 tensors
                  initialised: head.biases, head.weights
                  ignored: dense_2.biases, dense_2.weights
                """), out);
        shell.done(
                "/demo/tuned.yaml",
                "--run-dir",
                "/demo/given",
                "--quiet",
                "--start-from",
                "/demo/gates",
                "--start-fresh",
                "head",
                "--start-skip",
                "dense_2");
        assertArrayEquals(shell.bytes("given/model.safetensors"), shell.bytes("run/model.safetensors"));
        assertEquals(
                Sha256.of(shell.bytes("gates/model.safetensors")), start("run").get("sha256"));
        assertTrue(shell.text("run/resolved.yaml").contains("start:"), "the record has it");
    }

    @Test
    void run_wholeNetworkDeclared_takesEveryTensor() {
        shell.file("whole.yaml", Samples.GATES + "start: { from: gates/model.safetensors }\n");
        shell.done("/demo/whole.yaml", "--run-dir", "/demo/run", "--quiet");
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/given", "--quiet", "--start-from", "/demo/gates");
        assertArrayEquals(shell.bytes("given/model.safetensors"), shell.bytes("run/model.safetensors"));
    }

    @Test
    void run_optionBesideTheConfig_takesPrecedence() {
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/other", "--quiet", "--set", "seed=9");
        shell.done(
                "/demo/configs/declared.yaml",
                "--run-dir",
                "/demo/run",
                "--quiet",
                "--start-from",
                "/demo/other",
                "--start-rename",
                "dense_2=head");
        assertEquals(4, ((Map<?, ?>) start("run").get("tensors")).size());
        assertEquals(
                Sha256.of(shell.bytes("other/model.safetensors")), start("run").get("sha256"));
    }

    @Test
    void verifyResumeAndRerun_withoutTheRunThatItStartedFrom_giveTheSame() {
        shell.done("/demo/configs/declared.yaml", "--run-dir", "/demo/run", "--quiet");
        shell.delete("gates");
        String out = shell.done("verify", "/demo/run").out();
        assertTrue(out.endsWith("\nPASS\n"), out);
        shell.done("rerun", "/demo/run", "--run-dir", "/demo/again", "--quiet");
        assertArrayEquals(shell.bytes("run/chain.jsonl"), shell.bytes("again/chain.jsonl"));
        shell.copy("run", "whole");
        Resealed.killed(shell, "run");
        shell.delete("run/checkpoints/epoch-0004.safetensors");
        shell.done("resume", "/demo/run", "--quiet");
        assertArrayEquals(shell.bytes("whole/model.safetensors"), shell.bytes("run/model.safetensors"));
        shell.done("evaluate", "/demo/run", "--data", "train");
    }

    @Test
    void run_modelEditedAfterItsRun_isRefused() {
        byte[] bytes = shell.bytes("gates/model.safetensors");
        bytes[bytes.length - 1] ^= 1;
        shell.file("gates/model.safetensors", bytes);
        String err = shell.execute("/demo/configs/declared.yaml", "--run-dir", "/demo/run")
                .failed(ExitCode.INPUT);
        assertTrue(err.contains("was edited after the run"), err);
        assertEquals(
                err, shell.execute("validate", "/demo/configs/declared.yaml").failed(ExitCode.INPUT));
    }

    private Map<?, ?> start(String run) {
        return (Map<?, ?>) shell.json(run + "/run.json").get("start");
    }
}
