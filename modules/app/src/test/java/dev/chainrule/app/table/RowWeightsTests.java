package dev.chainrule.app.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.Shell;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The column of a table whose numbers multiply the cost of its rows. */
final class RowWeightsTests {
    private static final String CONFIG = """
            seed: 6
            data:
              train: { type: csv, file: train.csv, target: kind, columns: [ a ], weight: importance }
              validation: { count: 4 }
              batch_size: 5
            model: [ { type: dense, units: 3, activation: tanh }, { type: dense, units: 2, activation: softmax } ]
            loss: cross_entropy
            optimizer: { type: adam, learning_rate: 0.02 }
            training: { epochs: 3 }
            hooks: [ { type: checkpoint, every: 1 step, keep: 100 } ]
            """;

    @TempDir
    private Path folder;

    /** Return a table whose third row differs from the others: in its weight, and in its kind. */
    private static String table(String weight, String third, String kind) {
        StringBuilder table = new StringBuilder("a,kind,importance\n");
        for (int i = 0; i < 18; i++) {
            table.append(i % 7).append(',').append(i == 2 ? kind : i % 3 == 0 ? "x" : "y");
            table.append(',').append(i == 2 ? third : weight).append('\n');
        }
        return table.toString();
    }

    private byte[] model(String run, String table, String config) throws IOException {
        Shell shell = new Shell(folder).file("train.csv", table).file("t.yaml", config);
        shell.done("/demo/t.yaml", "--run-dir", "/demo/" + run, "--quiet");
        return Files.readAllBytes(shell.at(run + "/model.safetensors"));
    }

    @Test
    void run_weightsOfOne_haveTheBitsOfNone() throws IOException {
        byte[] ones = model("ones", table("1", "1.0", "x"), CONFIG);
        byte[] none = model("none", table("1", "1.0", "x"), CONFIG.replace(", weight: importance", ""));
        assertArrayEquals(none, ones);
    }

    @Test
    void run_rowOfWeightZero_learnsNothingFromItsTarget() throws IOException {
        String last = CONFIG.replace("count: 4", "count: 4, order: last");
        assertArrayEquals(model("x", table("2", "0", "x"), last), model("y", table("2", "0", "y"), last));
        assertFalse(Arrays.equals(model("1x", table("2", "1", "x"), last), model("1y", table("2", "1", "y"), last)));
    }

    /** The metric loss counts every example once; the loss of a step is weighted. */
    @Test
    void run_doubledWeights_doubleTheLossOfStepsOnly() throws IOException {
        String still = CONFIG.replace("0.02", "0") + "allow: [ nothing_learns ]\n";
        model("one", table("1", "1", "x"), still);
        model("two", table("2", "2", "x"), still);
        Shell shell = new Shell(folder);
        assertEquals(shell.text("one/metrics.jsonl"), shell.text("two/metrics.jsonl"));
        double[] one = losses(shell.bytes("one/steps.bin"));
        double[] two = losses(shell.bytes("two/steps.bin"));
        assertTrue(one.length > 0);
        for (int i = 0; i < one.length; i++) {
            assertEquals(2 * one[i], two[i]); // a power of two changes no rounding
        }
    }

    /** Return the loss of each step; the norm of its gradient follows it in the file. */
    private static double[] losses(byte[] steps) {
        DoubleBuffer numbers =
                ByteBuffer.wrap(steps).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
        return IntStream.range(0, numbers.limit() / 2)
                .mapToDouble(i -> numbers.get(2 * i))
                .toArray();
    }

    @Test
    void resumeVerifyAndPredict_weightedRows_endWithTheSameBytes() throws IOException {
        byte[] whole = model("whole", table("0.5", "3", "x"), CONFIG);
        Shell shell = new Shell(folder).copy("whole", "again");
        shell.done("run", "--resume", "/demo/again/checkpoints/step-00000004.safetensors");
        assertArrayEquals(whole, shell.bytes("again/model.safetensors"));
        assertArrayEquals(shell.bytes("whole/steps.bin"), shell.bytes("again/steps.bin"));
        shell.done("verify", "/demo/whole");
        shell.file("new.csv", "a\n3\n");
        shell.done("predict", "/demo/whole", "--input", "/demo/new.csv");
    }
}
