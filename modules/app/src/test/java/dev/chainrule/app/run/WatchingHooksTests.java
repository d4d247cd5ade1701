package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.Shell;
import dev.chainrule.app.testing.ShippedConfigs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Train with the hooks that look into a network and without them: the models are the same, byte for byte. */
final class WatchingHooksTests {
    private static final List<String> LEARNED =
            List.of("model.safetensors", "chain.jsonl", "metrics.jsonl", "steps.bin");
    private static final String CONFIG = """
            seed: 3
            precision: %s
            data:
              train: { type: csv, file: flowers.csv, target: species }
              validation: { count: 30 }
              transforms: [ standardize%s ]
              batch_size: 64
            model: [ %s ]
            loss: %s
            optimizer: %s
            training: { epochs: 2%s }
            hooks: [ %s ]
            """;
    private static final String WATCHING = "{ type: gradient_check, at: start, every: 3 steps, samples: 2 }, "
            + "learning_speed, { type: gradient_check, at: end, every: 1 epoch, samples: 2 }, "
            + "{ type: tensorboard, steps: 1 step }, metrics_csv, prometheus, mlflow";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "float32 | ''          | {type: dense, units: 9, activation: relu}, {type: dropout, rate: 0.4}, {type: dense, units: 3, activation: softmax} | cross_entropy | {type: adam, learning_rate: 0.01} | ''",
                "float32 | ''          | {type: dense, units: 9}, batch_norm, {type: activation, function: tanh}, {type: dropout, rate: 0.2}, {type: dense, units: 3, activation: softmax} | cross_entropy | {type: sgd, learning_rate: 0.1, momentum: 0.9} | , clip_norm: 0.5",
                "float64 | ', one_hot' | {type: dense, units: 9, activation: sigmoid, regularizer: {type: l2, lambda: 5}}, {type: dense, units: 3, activation: sigmoid} | binary_cross_entropy | {type: sgd, learning_rate: 0.5} | ''",
                "float64 | ', one_hot' | {type: dropout, rate: 0.1}, batch_norm, {type: dense, units: 3, activation: leaky_relu, regularizer: {type: l1, lambda: 0.1}} | quadratic | {type: rmsprop, learning_rate: 0.001} | ''"
            })
    void run_withWatchingHooks_leavesTheSameBytes(
            String precision, String transforms, String model, String loss, String optimizer, String training) {
        Shell shell = new Shell(folder)
                .file("flowers.csv", ShippedConfigs.text(ShippedConfigs.FOLDER.resolve("data/flowers.csv")));
        for (String hooks : List.of("", WATCHING)) {
            String name = hooks.isEmpty() ? "without" : "with";
            shell.file(
                    name + ".yaml",
                    CONFIG.formatted(
                            precision, unquoted(transforms), model, loss, optimizer, unquoted(training), hooks));
            shell.done("/demo/" + name + ".yaml", "--run-dir", "/demo/" + name, "--quiet");
        }
        for (String file : LEARNED) {
            assertArrayEquals(shell.bytes("without/" + file), shell.bytes("with/" + file), file);
        }
        assertTrue(shell.text("with/gradient_check.json").contains("\"verdict\": \"passed\""));
        assertEquals(2, shell.text("with/learning_speed.jsonl").lines().count());
        assertTrue(shell.names("with").containsAll(List.of("tensorboard", "metrics.csv", "metrics.prom", "mlruns")));
    }

    private static String unquoted(String text) {
        return text.replace("'", "");
    }
}
