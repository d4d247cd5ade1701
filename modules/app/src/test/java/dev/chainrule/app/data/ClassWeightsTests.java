package dev.chainrule.app.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rare classes: found where classes are weighted, lost where they are not. */
final class ClassWeightsTests {
    private static final int ROWS = 400;
    /** One row in 33, that is 3 %. */
    private static final int RARE = 33;

    private static final String CONFIG = """
            seed: 6
            precision: PRECISION
            data:
              train: { type: csv, file: train.csv, target: kind }
              test: { type: csv, file: test.csv, target: kind }
              transforms: [ standardize ONE_HOT]
              batch_size: 40
            model:
              - { type: dense, units: 4, activation: tanh, regularizer: { type: l2, lambda: 0.1 } }
              - { type: dense, UNITS }
            loss: LOSS
            optimizer: { type: adam, learning_rate: 0.02 }
            training: { epochs: 20WEIGHTS }
            metrics: [ loss, { type: recall, of: "1", name: found }, balanced_accuracy ]
            hooks: [ { type: gradient_check, at: start, samples: 20 } ]
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void create() {
        shell = new Shell(folder).file("train.csv", transfers(1)).file("test.csv", transfers(2));
    }

    /** Frauds lie around 1.1, the others around 0: where they overlap there are more of the others. */
    private static String transfers(long seed) {
        Random random = new Random(seed);
        StringBuilder table = new StringBuilder("a,b,kind\n");
        for (int i = 0; i < ROWS; i++) {
            boolean fraud = i % RARE == 0;
            table.append(random.nextGaussian() + (fraud ? 1.1 : 0)).append(',');
            table.append(random.nextGaussian() + (fraud ? 1.1 : 0)).append(',');
            table.append(fraud ? 1 : 0).append('\n');
        }
        return table.toString();
    }

    private static String config(String precision, String loss, String weights) {
        boolean binary = loss.startsWith("binary");
        return CONFIG.replace("PRECISION", precision)
                .replace("target: kind", "target: kind, categorical: [ kind ]")
                .replace("ONE_HOT", loss.equals("quadratic") ? ", one_hot " : "")
                .replace("UNITS", binary ? "units: 1, activation: sigmoid" : "units: 2, activation: softmax")
                .replace("LOSS", loss)
                .replace("WEIGHTS", weights.isEmpty() ? "" : ", class_weights: " + weights)
                .replace("softmax }", loss.equals("quadratic") ? "sigmoid }" : "softmax }");
    }

    private double found(String config, String run) {
        shell.file("t.yaml", config);
        shell.done("/demo/t.yaml", "--run-dir", "/demo/" + run, "--quiet");
        return metric(run, "test.found");
    }

    private double metric(String run, String name) {
        Map<?, ?> result = (Map<?, ?>) shell.json(run + "/run.json").get("result");
        return ((Number) ((Map<?, ?>) result.get("metrics")).get(name)).doubleValue();
    }

    @ParameterizedTest
    @CsvSource({"float32,cross_entropy", "float64,binary_cross_entropy", "float32,quadratic"})
    void run_rareClass_isFoundIfClassesAreBalanced(String precision, String loss) {
        double plain = found(config(precision, loss, ""), "plain");
        double balanced = found(config(precision, loss, "balanced"), "balanced");
        assertTrue(plain <= 0.25, "found without weights: " + plain);
        assertTrue(balanced >= 0.5, "found with weights: " + balanced);
        assertTrue(metric("balanced", "test.balanced_accuracy") > metric("plain", "test.balanced_accuracy") + 0.1);
    }

    /** 13 frauds of 400 rows: 400 / (2·387) and 400 / (2·13). */
    @Test
    void run_balanced_hasTheBitsOfItsFormulaWrittenDown() throws IOException {
        found(config("float32", "cross_entropy", "balanced"), "balanced");
        found(config("float32", "cross_entropy", "{ 0: 400/774, 1: 400/26 }"), "written");
        assertArrayEquals(model("balanced"), model("written"));
    }

    @Test
    void run_weightsOfOne_haveTheBitsOfNone() throws IOException {
        found(config("float32", "cross_entropy", ""), "plain");
        found(config("float32", "cross_entropy", "{ 1: 1 }"), "ones");
        assertArrayEquals(model("plain"), model("ones"));
        assertEquals(shell.text("plain/metrics.jsonl"), shell.text("ones/metrics.jsonl"));
        assertTrue(!shell.text("plain/resolved.yaml").contains("class_weights"));
    }

    /** A class without training examples is not among those that balanced counts. */
    @Test
    void run_balancedWithAnEmptyClass_leavesItOut() throws IOException {
        String three = shell.text("train.csv") + "9,9,2\n9,9,2\n";
        shell.file("train.csv", three);
        String split = config("float32", "cross_entropy", "balanced")
                        .replace(
                                "{ type: csv, file: test.csv, target: kind, categorical: [ kind ] }",
                                "{ count: 2, order: last }")
                        .replace("units: 2,", "units: 3,")
                + "allow: [ class_without_examples ]\n";
        found(split, "split");
        found(split.replace("balanced }", "{ 0: 400/774, 1: 400/26, 2: 5 } }"), "written");
        assertArrayEquals(model("split"), model("written"));
    }

    @Test
    void resume_weightedRun_endsWithTheSameBits() throws IOException {
        String config = config("float32", "cross_entropy", "balanced")
                .replace("hooks: [ {", "hooks: [ { type: checkpoint, every: 37 steps, keep: 3 }, {");
        found(config, "whole");
        byte[] model = model("whole");
        String checkpoint = shell.names("whole/checkpoints").stream()
                .filter(name -> name.startsWith("step-"))
                .findFirst()
                .orElseThrow();
        shell.copy("whole", "again");
        shell.done("run", "--resume", "/demo/again/checkpoints/" + checkpoint);
        assertArrayEquals(model, model("again"));
        shell.done("verify", "/demo/whole");
    }

    private byte[] model(String run) throws IOException {
        return Files.readAllBytes(shell.at(run + "/model.safetensors"));
    }

    /** The training examples are unweighted when they are measured: all examples are of one class, and count 30 times. */
    @Test
    void metric_loss_isNotWeighted() {
        String config = config("float64", "cross_entropy", "WEIGHTS")
                .replace("learning_rate: 0.02", "learning_rate: 0")
                .replace(
                        "hooks: [ { type: gradient_check, at: start, samples: 20 } ]",
                        "hooks: []\nallow: [ nothing_learns ]");
        List<Double> losses = List.of("{ 0: 1 }", "{ 0: 30, 1: 30 }", "balanced").stream()
                .map(weights -> {
                    found(config.replace("WEIGHTS", weights), "run" + weights.hashCode());
                    return metric("run" + weights.hashCode(), "train.loss");
                })
                .toList();
        assertEquals(losses.get(0), losses.get(1));
        assertEquals(losses.get(0), losses.get(2));
    }
}
