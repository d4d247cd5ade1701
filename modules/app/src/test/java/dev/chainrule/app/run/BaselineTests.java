package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test the metrics of a constant prediction against those that a reader computes by hand. */
final class BaselineTests {
    private static final double TOLERANCE = 1e-6; // of float32

    /** Three examples of four are a; of the test examples one of three. */
    private static final String CLASSES = """
            name: classes
            data:
              train: { type: csv, file: train.csv, target: kind }
              test: { type: csv, file: test.csv, target: kind }
            model: [ { type: dense, units: 2, activation: softmax } ]
            loss: cross_entropy
            optimizer: { type: sgd, learning_rate: 0.1 }
            training: { epochs: 1 }
            """;

    private static final String NUMBERS = """
            name: numbers
            data:
              train: { type: inline, rows: [[1], [2], [3]], targets: [[0, 10], [1, 10], [5, 40]] }
              test: { type: inline, rows: [[1], [2]], targets: [[1, 10], [3, 10]] }
            model: [ { type: dense, units: 2 } ]
            loss: quadratic
            metrics: [ mse, mae ]
            optimizer: { type: sgd, learning_rate: 0.001 }
            training: { epochs: 1 }
            """;

    @TempDir
    private Path folder;

    @Test
    void classes_areTheMostCommonOneAndTheShares() {
        Shell shell = classes(CLASSES);
        assertEquals(1 / 3.0, baseline(shell, "test.accuracy"), TOLERANCE);
        assertEquals(-(Math.log(0.75) + 2 * Math.log(0.25)) / 3, baseline(shell, "test.loss"), TOLERANCE);
        assertEquals(Set.of("test.accuracy", "test.loss"), baseline(shell).keySet());
    }

    @Test
    void twoClassesOfASingleOutput_areTheSame() {
        Shell shell = classes(CLASSES.replace("units: 2, activation: softmax", "units: 1, activation: sigmoid")
                .replace("loss: cross", "loss: binary_cross"));
        assertEquals(1 / 3.0, baseline(shell, "test.accuracy"), TOLERANCE);
        assertEquals(-(Math.log(0.75) + 2 * Math.log(0.25)) / 3, baseline(shell, "test.loss"), TOLERANCE);
    }

    @Test
    void severalNumbers_areMeansOrMediansWhicheverIsBetter() {
        Shell shell = new Shell(folder).file("config.yaml", NUMBERS);
        run(shell);
        // Medians (1, 10) leave 0, 0, 2, 0. Means (2, 20) leave 1, 10, 1, 10.
        assertEquals(0.5, baseline(shell, "test.mae"), TOLERANCE);
        assertEquals(1, baseline(shell, "test.mse"), TOLERANCE);
    }

    @Test
    void numbers_meanThatIsBetter_isTaken() {
        Shell shell =
                new Shell(folder).file("config.yaml", NUMBERS.replace("[[1, 10], [3, 10]]", "[[2, 20], [3, 20]]"));
        run(shell);
        // Means leave 0, 0, 1, 0. Medians leave 1, 10, 2, 10.
        assertEquals(0.25, baseline(shell, "test.mae"), TOLERANCE);
        assertEquals(0.25, baseline(shell, "test.mse"), TOLERANCE);
    }

    @Test
    void noHeldOutData_isMeasuredOnTheTrainingData() {
        Shell shell = new Shell(folder).file("config.yaml", Samples.GATES);
        run(shell);
        assertEquals(Math.log(2), baseline(shell, "train.loss"), TOLERANCE);
    }

    @Test
    void summary_runNoBetterThanItsBaseline_saysSo() {
        Shell shell = classes(CLASSES);
        String out = shell.text("out.txt");
        assertTrue(out.contains("\nbaseline:   loss 1.020, accuracy 0.3333 (test, a constant prediction"), out);
        String equal = run(shell, "--set", "model[0].weights=0", "--set", "optimizer.learning_rate=1e-20");
        assertTrue(
                equal.contains(
                        "\nnote: no better than a constant prediction: test.accuracy 0.3333" + " (baseline 0.3333)\n"),
                equal);
    }

    @Test
    void summary_runBetterThanItsBaseline_saysNothing() {
        Shell shell = new Shell(folder).file("config.yaml", Samples.PLANTS).file("plants.csv", Samples.PLANTS_TABLE);
        String out = run(shell);
        assertFalse(out.contains("no better than"), out);
        assertFalse(out.contains("was best in epoch"), out);
    }

    @Test
    void summary_validationLossThatHasDoubled_isNoted() {
        Shell shell = new Shell(folder).file("config.yaml", """
                name: past
                data:
                  train: { type: inline, rows: [[1], [2]], targets: [[10], [20]] }
                  validation: { type: inline, rows: [[1], [2]], targets: [[1], [2]] }
                model: [ { type: dense, units: 1, weights: 0 } ]
                loss: quadratic
                optimizer: { type: sgd, learning_rate: 0.02 }
                training: { epochs: 30 }
                """);
        String out = run(shell);
        assertTrue(
                out.matches("(?s).*\\nnote: validation\\.loss was best in epoch [1-9] with \\S+, and is \\S+ "
                        + "times as high for the final model.*early_stopping.*"),
                out);
        String restored = run(shell, "--set", "hooks=[ { type: early_stopping, patience: 3 } ]");
        assertTrue(restored.contains("the model and its metrics are those of epoch "), restored);
        assertFalse(restored.contains("was best in epoch 1 with"), restored);
        assertFalse(restored.contains("times as high"), restored);
    }

    private Shell classes(String config) {
        Shell shell = new Shell(folder)
                .file("config.yaml", config)
                .file("train.csv", "x,kind\n1,a\n2,a\n3,a\n4,b\n")
                .file("test.csv", "x,kind\n1,a\n4,b\n5,b\n");
        return shell.file("out.txt", run(shell));
    }

    private static String run(Shell shell, String... options) {
        shell.delete("run");
        String[] args = new String[options.length + 3];
        System.arraycopy(new String[] {"/demo/config.yaml", "--run-dir", "/demo/run"}, 0, args, 0, 3);
        System.arraycopy(options, 0, args, 3, options.length);
        return shell.execute(args).out();
    }

    private static double baseline(Shell shell, String metric) {
        return ((Number) baseline(shell).get(metric)).doubleValue();
    }

    private static Map<?, ?> baseline(Shell shell) {
        Map<?, ?> record = shell.json("run/run.json");
        return (Map<?, ?>) ((Map<?, ?>) record.get("result")).get("baseline");
    }
}
