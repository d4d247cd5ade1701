package dev.chainrule.app.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test that {@code rows_at_once} changes no bit. */
final class PartsTests {
    private static final List<String> FILES = List.of("steps.bin", "metrics.jsonl", "chain.jsonl", "model.safetensors");

    /** The last batch has 5 examples. */
    private static final String RICH = """
            name: parts
            seed: 3
            precision: PRECISION
            data:
              train: { type: digits, count: 29 }
              validation: { type: digits, count: 20 }
              transforms: [ { type: scale, by: 1/255 } ]
              batch_size: 8
            model:
              - { type: conv, filters: 6, size: 5, stride: 3, groups: 1, activation: relu }
              - { type: depthwise_conv, size: 2, activation: { type: leaky_relu, slope: 0.1 } }
              - { type: group_norm, groups: 2 }
              - { type: prelu }
              - { type: max_pool, size: 2 }
              - { type: conv, filters: 5, size: 1, activation: tanh }
              - { type: transposed_conv, filters: 3, size: 2, activation: tanh }
              - { type: spatial_dropout, rate: 0.2 }
              - { type: dense, name: one, units: 12, activation: tanh, regularizer: { type: l2, lambda: 0.1 } }
              - { type: layer_norm }
              - { type: residual, layers: [ { type: dense, name: two, units: 12, activation: tanh }, { type: dropout, rate: 0.3 } ] }
              - { type: same_as, layer: residual_1 }
              - { type: activity_regularizer, l2: 0.01 }
              - { type: sample, weight: 0.1, from: [ activity_regularizer_1, one ] }
            outputs:
              digit: { layers: [ { type: dense, units: 10, activation: softmax } ], loss: cross_entropy }
              image: { reconstruct: true, layers: [ { type: dense, units: 784, from: one } ], loss: quadratic, weight: 0.01 }
            optimizer: { type: adam, learning_rate: { type: cosine, from: 0.02 } }
            training: { epochs: 2, clip_norm: 0.5TRAINING }
            """;

    private static final String NAMES = """
            name: names
            seed: 4
            data:
              train: { type: inline, rows: [ [ 0, 1 ], [ 1, 2 ], [ 0, 3 ], [ 3, 4 ], [ 1, 0 ] ], targets: [ [ 1 ], [ 2 ], [ 1 ], [ 3 ], [ 0 ] ] }
              batch_size: 5
            model:
              - { type: embed, width: 2, names: 5 }
              - { type: layer_norm }
              - { type: prelu }
              - { type: residual, layers: [ { type: dense, units: 3, activation: tanh } ] }
              - { type: flatten }
              - { type: dense, units: 1 }
            loss: quadratic
            optimizer: { type: sgd, learning_rate: 0.1 }
            training: { epochs: 3TRAINING }
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void create() {
        shell = new Shell(folder);
    }

    private static String rich(String precision, String training) {
        return RICH.replace("PRECISION", precision).replace("TRAINING", training);
    }

    private void run(String name, String yaml, String threads) {
        shell.file(name + ".yaml", yaml)
                .done("/demo/" + name + ".yaml", "--run-dir", "/demo/" + name, "--quiet", "--threads", threads);
    }

    private void requireSame(String expected, String got) {
        for (String file : FILES) {
            assertArrayEquals(shell.bytes(expected + "/" + file), shell.bytes(got + "/" + file), got + " " + file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"float32", "float64"})
    void run_anyRowsAtOnce_leavesTheBytesOfTheWholeBatch(String precision) {
        run("whole", rich(precision, ""), "1");
        for (String rows : List.of("1", "2", "3", "5", "7", "8", "100")) {
            run("parts", rich(precision, ", rows_at_once: " + rows), rows.equals("3") ? "2" : "1");
            requireSame("whole", "parts");
            shell.delete("parts");
        }
        run("again", rich(precision, ", rows_at_once: 3, recompute: true"), "1");
        requireSame("whole", "again");
    }

    @Test
    void run_inShards_leavesTheBytesOfWholeShards() {
        run("whole", rich("float32", ", shards: 3"), "2");
        for (String rows : List.of("1", "2", "4")) {
            run("parts-" + rows, rich("float32", ", shards: 3, rows_at_once: " + rows), "1");
            requireSame("whole", "parts-" + rows);
        }
    }

    @Test
    void run_sharedTables_leavesTheBytesOfTheWholeBatch() {
        run("whole", NAMES.replace("TRAINING", ""), "1");
        for (String rows : List.of("1", "2", "4")) {
            run("parts-" + rows, NAMES.replace("TRAINING", ", rows_at_once: " + rows), "1");
            requireSame("whole", "parts-" + rows);
        }
    }

    @Test
    void resume_withOtherRowsAtOnce_leavesTheBytesOfTheWholeBatch() {
        String hook = "hooks: [ { type: checkpoint, every: 1 step, keep: 100 } ]\n";
        run("whole", rich("float32", "") + hook, "1");
        shell.done(
                "run",
                "--resume",
                "/demo/whole/checkpoints/step-00000005.safetensors",
                "--set",
                "training.rows_at_once=3",
                "--allow-changes",
                "--quiet");
        run("parts", rich("float32", ", rows_at_once: 5") + hook, "1");
        requireSame("whole", "parts");
    }
}
