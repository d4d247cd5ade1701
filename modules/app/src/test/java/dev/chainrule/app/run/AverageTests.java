package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.files.Safetensors;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that keep averages of their parameters. */
final class AverageTests {
    private static final double DECAY = 0.9;
    private static final int EPOCHS = 8;

    private static final String CONFIG = """
            seed: 5
            precision: float64
            data:
              train: { type: csv, file: plants.csv, delimiter: ';', target: kind }
              validation: { count: 4 }
              transforms: [ standardize ]
              batch_size: 3
            model: [ { type: dense, units: 3, activation: tanh }, batch_norm, { type: dense, units: 2, activation: softmax } ]
            loss: cross_entropy
            optimizer: { type: adam, learning_rate: 0.05 }
            training: { epochs: 8, average: { decay: 0.9 } }
            hooks: [ { type: checkpoint, every: 1 step, keep: 100 } ]
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void train() {
        shell = new Shell(folder).file("plants.csv", Samples.PLANTS_TABLE).file("plants.yaml", CONFIG);
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/run", "--quiet");
    }

    /**
     * The parameters after each update are those of its checkpoint; their weighted mean is the model.
     *
     * <p>The tolerance: both add fewer than 100 numbers of about 1, each sum rounded by 1.1e-16.
     */
    @Test
    void model_ofTheRun_isTheWeightedMeanOfAllUpdates() {
        List<Map<String, Matrix>> updates = updates();
        Map<String, Matrix> model =
                Safetensors.read(shell.at("run/model.safetensors")).tensors();
        int compared = 0;
        for (String name : List.of("dense_1.weights", "dense_1.biases", "batch_norm_1.gamma", "dense_2.weights")) {
            Matrix average = model.get(name);
            for (int i = 0; i < average.rows(); i++) {
                for (int j = 0; j < average.columns(); j++) {
                    double sum = 0;
                    double weights = 0;
                    for (int t = 0; t < updates.size(); t++) {
                        double weight = Math.pow(DECAY, updates.size() - 1 - t);
                        sum += weight * updates.get(t).get(name).get(i, j);
                        weights += weight;
                    }
                    assertEquals(sum / weights, average.get(i, j), 1e-12, name);
                    compared++;
                }
            }
        }
        assertTrue(compared > 15, compared + " numbers");
        // Running statistics are those of the last step, not averages.
        Matrix mean = model.get("batch_norm_1.running_mean");
        for (int j = 0; j < mean.columns(); j++) {
            Matrix last = updates.get(updates.size() - 1).get("batch_norm_1.running_mean");
            assertEquals(last.get(0, j), mean.get(0, j));
        }
    }

    private List<Map<String, Matrix>> updates() {
        List<Map<String, Matrix>> updates = new ArrayList<>();
        for (int step = 1; ; step++) {
            Path file = shell.at(String.format(Locale.ROOT, "run/checkpoints/step-%08d.safetensors", step));
            if (!Files.exists(file)) {
                assertTrue(step > 2 * EPOCHS, step + " steps");
                return updates;
            }
            updates.add(Safetensors.read(file).tensors());
        }
    }

    /** The figures of the last epoch are those of the averages. */
    @Test
    void evaluate_theModel_hasTheFiguresOfTheLastEpoch() {
        String last =
                shell.text("run/metrics.jsonl").lines().reduce((a, b) -> b).orElseThrow();
        double recorded = Double.parseDouble(last.replaceAll(".*\"validation.loss\":([0-9.e-]+).*", "$1"));
        String out = shell.done("evaluate", "/demo/run", "--data", "validation").out();
        assertTrue(out.contains("validation.loss " + Numbers.rounded(recorded) + "\n"), last + out);
        shell.done("verify", "/demo/run");
    }

    /** The best epoch is judged by its averages, and restored with them. */
    @Test
    void earlyStopping_restoredModel_isThatOfItsEpoch() {
        shell.done(
                "/demo/plants.yaml",
                "--run-dir",
                "/demo/stopped",
                "--quiet",
                "--set",
                "hooks=[ { type: early_stopping, patience: 3, mode: max } ]");
        Map<?, ?> result = (Map<?, ?>) shell.json("stopped/run.json").get("result");
        assertEquals(1L, result.get("epoch"));
        shell.done("verify", "/demo/stopped");
    }
}
