package dev.chainrule.app.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.chainrule.app.testing.Shell;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold that training which computes activations twice leaves the bits of training which keeps them. */
final class RecomputeTests {
    private static final String CONFIG = """
            precision: PRECISION
            seed: 3
            allow: [ large_inputs, linear_layers ]
            data:
              train: { type: digits, count: 40 }
              validation: { type: digits, count: 25 }
              batch_size: 12
            NETWORK
            optimizer: { type: adam, learning_rate: 0.002 }
            training: { epochs: 2, recompute: RECOMPUTE }
            hooks: [ { type: checkpoint, every: 3 steps } ]
            """;
    private static final String CHAIN = "model: [ { type: flatten }, { type: repeat, times: 6, layers:"
            + " [ { type: dense, units: 17, activation: tanh } ] }, { type: dense, units: 10, activation: softmax } ]"
            + "\nloss: cross_entropy";
    private static final String BRANCHES = "model: [ { type: flatten }, { type: dense, name: one, units: 12 },"
            + " { type: repeat, times: 3, layers: [ { type: residual, layers: [ { type: dense, units: 9, activation:"
            + " gelu }, { type: dense, units: 12 } ] } ] }, { type: same_as, layer: one, from: flatten_1, name:"
            + " two }, { type: add, from: [ repeat_1, two, one ] }, { type: parallel, join: concat, branches: { a: [ { type: dense, units: 5 } ], b: [] } }, { type: reshape,"
            + " to: [ 17, 1 ] }, { type: flatten, name: flat }, { type: multiply, from: [ flat, parallel_1, flat ] },"
            + " { type: dense, units: 10, activation: softmax } ]"
            + "\nloss: cross_entropy";
    private static final String RANDOM =
            "model: [ { type: flatten }, { type: gaussian_noise, std: 0.1 }, { type: repeat,"
                    + " times: 3, layers: [ { type: dense, units: 14, activation: relu }, { type: batch_norm }, { type: dropout,"
                    + " rate: 0.3 }, { type: layer_norm }, { type: activity_regularizer, l2: 0.01 } ] }, { type: dense, units: 12 },"
                    + " { type: sample }, { type: dense, units: 8 }, { type: dense, units: 10, activation: softmax } ]"
                    + "\nloss: cross_entropy";
    private static final String CONVOLUTIONS = "model: [ { type: conv, filters: 4, size: 3, activation: relu },"
            + " { type: batch_norm }, { type: max_pool, size: 2 }, { type: spatial_dropout, rate: 0.2 }, { type: residual,"
            + " layers: [ { type: conv, filters: 4, size: 3, padding: same }, { type: group_norm, groups: 2 } ] },"
            + " { type: separable_conv, filters: 3, size: 3, stride: 2, activation: silu }, { type: upsample, size: 2 },"
            + " { type: permute, axes: [ channels, height, width ] }, { type: mean_pool, size: 2 }, { type: dense, units: 10,"
            + " activation: softmax } ]"
            + "\nloss: cross_entropy";
    private static final String OUTPUTS =
            "model: [ { type: flatten }, { type: repeat, times: 4, layers: [ { type: dense,"
                    + " units: 13, activation: tanh } ] }, { type: dense, units: 10, activation: softmax } ]"
                    + "\noutputs: { digit: { loss: cross_entropy }, image: { reconstruct: true, weight: 0.1, loss: quadratic,"
                    + " layers: [ { type: dense, units: 11, activation: relu, from: repeat_1 }, { type: dense, units: 784 } ] } }";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {CHAIN, BRANCHES, RANDOM, CONVOLUTIONS, OUTPUTS})
    void run_recomputing_leavesTheSameBits(String network) {
        for (String precision : new String[] {"float32", "float64"}) {
            Shell shell = new Shell(folder);
            String config = CONFIG.replace("NETWORK", network).replace("PRECISION", precision);
            for (String recompute : new String[] {"false", "true"}) {
                shell.file(recompute + ".yaml", config.replace("RECOMPUTE", recompute));
                shell.done("/demo/" + recompute + ".yaml", "--run-dir", "/demo/" + precision + recompute, "--quiet");
            }
            String described = shell.done("describe", "/demo/true.yaml").out();
            assertFalse(described.contains("recompute: true adds 0"), described);
            assertSame(shell, precision + "false", precision + "true");
        }
    }

    /** A run that kept activations is resumed by one that computes them twice. */
    @Test
    void resume_recomputing_leavesTheSameBits() {
        Shell shell = new Shell(folder);
        String config = CONFIG.replace("NETWORK", RANDOM).replace("PRECISION", "float32");
        shell.file("long.yaml", config.replace("RECOMPUTE", "false"));
        shell.file("short.yaml", config.replace("RECOMPUTE", "false").replace("epochs: 2", "epochs: 1"));
        shell.done("/demo/long.yaml", "--run-dir", "/demo/long", "--quiet");
        shell.done("/demo/short.yaml", "--run-dir", "/demo/resumed", "--quiet");
        shell.done(
                "resume",
                "/demo/resumed",
                "--set",
                "training.epochs=2",
                "--set",
                "training.recompute=true",
                "--allow-changes",
                "--quiet");
        assertSame(shell, "long", "resumed");
    }

    private static void assertSame(Shell shell, String kept, String twice) {
        assertArrayEquals(
                tensors(shell.bytes(kept + "/model.safetensors")), tensors(shell.bytes(twice + "/model.safetensors")));
        assertArrayEquals(shell.bytes(kept + "/steps.bin"), shell.bytes(twice + "/steps.bin"));
        assertEquals(shell.text(kept + "/metrics.jsonl"), shell.text(twice + "/metrics.jsonl"));
    }

    /** Return the numbers in a file, after the header. */
    private static byte[] tensors(byte[] file) {
        int header = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return Arrays.copyOfRange(file, Long.BYTES + header, file.length);
    }
}
