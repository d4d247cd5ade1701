package dev.chainrule.app.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Parameter;
import dev.chainrule.app.load.AssemblyFactory;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.load.PluginSources;
import dev.chainrule.app.testing.InProcess;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.network.BatchPass;
import dev.chainrule.model.network.Graph;
import dev.chainrule.model.network.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Test trainings whose batches are divided into shards. */
final class ShardsTests {
    private static final List<String> FILES =
            List.of("steps.bin", "metrics.jsonl", "chain.jsonl", "model.safetensors", "learning_speed.jsonl");

    /** The last batch has 5 examples. Each row of a shard has several pixels, so that batch_norm has statistics of one example, too. */
    private static final String RICH = """
            name: shards
            seed: 3
            precision: PRECISION
            data:
              train: { type: digits, count: 29 }
              validation: { type: digits, count: 20 }
              transforms: [ { type: scale, by: 1/255 } ]
              batch_size: 8
            model:
              - { type: conv, filters: 3, size: 5, stride: 3, activation: relu }
              - NORM
              - { type: max_pool, size: 2 }
              - { type: spatial_dropout, rate: 0.2 }
              - { type: dense, name: one, units: 12, activation: tanh, regularizer: { type: l2, lambda: 0.1 } }
              - { type: residual, layers: [ { type: dense, name: two, units: 12, activation: tanh }, { type: dropout, rate: 0.3 } ] }
              - { type: same_as, layer: residual_1 }
              - { type: activity_regularizer, l2: 0.01 }
              - { type: sample, weight: 0.1, from: [ activity_regularizer_1, one ] }
            outputs:
              digit: { layers: [ { type: dense, units: 10, activation: softmax } ], loss: cross_entropy }
              image: { reconstruct: true, layers: [ { type: dense, units: 784, from: one } ], loss: quadratic, weight: 0.01 }
            optimizer: { type: adam, learning_rate: { type: cosine, from: 0.02 } }
            training: { epochs: 3, clip_norm: 0.5, shards: SHARDS }
            hooks:
              - { type: early_stopping, patience: 1 }
              - { type: learning_speed, every: 1 epoch }
            """;

    @TempDir
    private Path folder;

    private static String rich(String precision, String norm, int shards) {
        return RICH.replace("PRECISION", precision).replace("NORM", norm).replace("SHARDS", String.valueOf(shards));
    }

    @ParameterizedTest
    @CsvSource({"2, float32", "3, float64", "4, float32", "7, float64", "8, float32"})
    void run_anyNumberOfThreads_leavesTheSameBytes(int shards, String precision) {
        Shell shell = new Shell(folder).file("shards.yaml", rich(precision, "batch_norm", shards));
        for (String threads : List.of("1", "2", "3")) {
            shell.done("/demo/shards.yaml", "--run-dir", "/demo/" + threads, "--quiet", "--threads", threads);
            for (String file : FILES) {
                assertArrayEquals(shell.bytes("1/" + file), shell.bytes(threads + "/" + file), file);
            }
        }
        shell.file("whole.yaml", rich(precision, "batch_norm", 1));
        shell.done("/demo/whole.yaml", "--run-dir", "/demo/whole", "--quiet");
        assertFalse(Arrays.equals(shell.bytes("1/steps.bin"), shell.bytes("whole/steps.bin")));
    }

    @Test
    void resume_withinAnEpoch_leavesTheSameBytes() {
        String yaml = rich("float32", "batch_norm", 3)
                .replace("hooks:\n", "hooks:\n  - { type: checkpoint, every: 1 step, keep: 100 }\n");
        Shell shell = new Shell(folder).file("shards.yaml", yaml);
        shell.done("/demo/shards.yaml", "--run-dir", "/demo/whole", "--quiet");
        for (String step : List.of("00000001", "00000006")) {
            shell.copy("whole", "again");
            shell.done("run", "--resume", "/demo/again/checkpoints/step-" + step + ".safetensors", "--threads", "2");
            for (String file : FILES) {
                assertArrayEquals(shell.bytes("whole/" + file), shell.bytes("again/" + file), step + " " + file);
            }
            shell.delete("again");
        }
    }

    /**
     * Rows do not mix without batch_norm, so that each value has the bits that it has in a whole batch, and so do gradients of values:
     * all are divided by the rows of the batch.
     *
     * <p>The sums over rows and pixels are added in another order, which changes a sum of n terms by at most n·1.1e-16 of the sum of
     * magnitudes; n is at most 8·64 places, 5.7e-14 of that, and the sum of magnitudes is at most some ten times the largest gradient.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 7, 8})
    void passes_withoutBatchStatistics_haveTheValuesOfTheWholeBatch(int shards) throws IOException {
        try (ThreadTeam team = new ThreadTeam(2)) {
            Assembly whole = passed(1, team);
            Assembly divided = passed(shards, team);
            divided.network().gatherShards();
            assertEquals(
                    Double.doubleToLongBits(whole.objective().meanCost()),
                    Double.doubleToLongBits(divided.objective().meanCost()));
            Topology topology = whole.network().topology();
            Graph expected = whole.network().graph();
            Graph got = divided.network().graph();
            int gradients = 0;
            for (int v = 0; v < topology.size(); v++) {
                assertEquals(0, difference(expected.out(v), got.out(v)), "value " + v);
                if (topology.isLearned(v) && !whole.objective().isFused(v)) {
                    assertEquals(0, difference(expected.delta(v), got.delta(v)), "gradient of value " + v);
                    gradients++;
                }
            }
            assertTrue(gradients >= 12, gradients + " gradients of values");
            List<Parameter> parameters = whole.network().parameters();
            for (int k = 0; k < parameters.size(); k++) {
                Matrix gradient = parameters.get(k).gradient();
                double most = 1e-12 * largest(gradient);
                double difference = difference(
                        gradient, divided.network().parameters().get(k).gradient());
                assertTrue(difference <= most, parameters.get(k).name() + " differs by " + difference);
            }
        }
    }

    /** Shard 0 has the inputs 1 and 3, of mean 2 and variance 1, shard 1 the inputs 5 and 9, of mean 7 and variance 4. */
    @Test
    void batchNorm_inShards_followsTheMeanOfTheirStatistics() throws IOException {
        try (ThreadTeam team = new ThreadTeam(2)) {
            Assembly assembly = assembly("""
                    precision: float64
                    data: { train: { type: inline, rows: [ [ 1 ], [ 3 ], [ 5 ], [ 9 ] ], targets: [ [ 0 ], [ 0 ], [ 0 ], [ 0 ] ] } }
                    model: [ { type: batch_norm, momentum: 0.5, epsilon: 1e-300 }, { type: dense, units: 1, weights: 1 } ]
                    loss: quadratic
                    optimizer: { type: sgd, learning_rate: 1 }
                    training: { shards: 2 }
                    """, team);
            pass(assembly, 4);
            Map<String, Matrix> tensors = assembly.network().tensors();
            assertEquals(
                    0.5 * (2 + 7) / 2, tensors.get("batch_norm_1.running_mean").get(0, 0));
            assertEquals(
                    0.5 + 0.5 * (1 + 4) / 2,
                    tensors.get("batch_norm_1.running_variance").get(0, 0));
            Matrix outputs = assembly.objective().heads().get(0).outputs();
            for (int i = 0; i < 4; i++) {
                assertEquals(i % 2 == 0 ? -1 : 1, outputs.get(i, 0));
            }
        }
    }

    @Test
    void run_recomputing_leavesTheSameBytes() {
        String yaml = rich("float32", "batch_norm", 3).replace("  - { type: learning_speed, every: 1 epoch }\n", "");
        Shell shell = new Shell(folder)
                .file("kept.yaml", yaml)
                .file("again.yaml", yaml.replace("shards: 3", "shards: 3, recompute: true"));
        for (String name : List.of("kept", "again")) {
            shell.done("/demo/" + name + ".yaml", "--run-dir", "/demo/" + name, "--quiet");
        }
        for (String file : FILES.subList(0, 4)) {
            assertArrayEquals(shell.bytes("kept/" + file), shell.bytes("again/" + file), file);
        }
    }

    private Assembly passed(int shards, ThreadTeam team) throws IOException {
        Assembly assembly = assembly(rich("float64", "{ type: activation, function: sigmoid }", shards), team);
        pass(assembly, 8);
        return assembly;
    }

    private Assembly assembly(String yaml, ThreadTeam team) throws IOException {
        LoadedConfig loaded = ConfigLoader.load(
                Files.writeString(folder.resolve("shards.yaml"), yaml),
                PluginSources.usual(InProcess.context()),
                List.of(),
                InProcess.context());
        return AssemblyFactory.loaded(loaded, InProcess.context(), true, team);
    }

    private static void pass(Assembly assembly, int rows) {
        int[] order = IntStream.range(0, rows).toArray();
        Matrix x = assembly.pipeline().inputs(assembly.datasets().train(), order, 0, order.length);
        Matrix y = assembly.pipeline().targets(assembly.datasets().train(), order, 0, order.length);
        BatchPass pass = BatchPass.forTraining().at(1, 16);
        assembly.objective().forward(x, y, pass);
        assembly.objective().backward(pass);
    }

    private static double difference(Matrix expected, Matrix got) {
        assertEquals(expected.shape(), got.shape());
        double most = 0;
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                most = Math.max(most, Math.abs(expected.get(i, j) - got.get(i, j)));
            }
        }
        assertFalse(Double.isNaN(most));
        return most;
    }

    private static double largest(Matrix matrix) {
        double most = 0;
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                most = Math.max(most, Math.abs(matrix.get(i, j)));
            }
        }
        return most;
    }
}
