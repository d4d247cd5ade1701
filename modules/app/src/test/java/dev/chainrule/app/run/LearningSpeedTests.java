package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.InProcess;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.app.testing.ShippedConfigs;
import dev.chainrule.engine.files.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Test the records of the hook learning_speed: in the book's deep networks, and in runs that are gone on with or
 * verified.
 */
final class LearningSpeedTests {
    private static final String FILE = "learning_speed.jsonl";
    private static final String SMALL = """
            name: small
            seed: 5
            data:
              train: { type: csv, file: flowers.csv, target: species }
              batch_size: 32
              transforms: [ standardize ]
            model:
              - { type: dense, units: 6, activation: sigmoid }
              - batch_norm
              - { type: dropout, rate: 0.3 }
              - { type: dense, units: 3, activation: softmax }
            loss: cross_entropy
            optimizer: { type: adam, learning_rate: 0.01 }
            training: { epochs: 2, clip_norm: 0.5 }
            hooks:
              - { type: checkpoint, every: 4 steps, keep: 100 }
              - { type: gradient_check, at: end, every: 7 steps, samples: 2 }
              - { type: learning_speed, samples: 7 }
            """;

    @TempDir
    private Path folder;

    /** As in chapter 5, which looks at 1,000 training images: the error is smaller in every layer than in the one behind. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void learningSpeed_ofTheBooksNetworks_shrinksTowardsTheInput(int hidden) throws IOException {
        String mnist = System.getenv("MNIST_DIR");
        assumeTrue(mnist != null && !mnist.isBlank(), "MNIST_DIR names no folder with MNIST's four files");
        Path run = folder.resolve("run");
        InProcess result = InProcess.run(
                Map.of("MNIST_DIR", mnist),
                InProcess.ROOT
                        .resolve("configs/nielsen/ch5-" + hidden + ".yaml")
                        .toString(),
                "--run-dir",
                run.toString(),
                "--set",
                "data.train.count=1100",
                "--set",
                "data.validation.count=100",
                "--set",
                "training.epochs=1",
                "--set",
                "expect=null");
        assertEquals(ExitCode.DONE, result.code(), result.err());
        Map<?, ?> epoch = lines(run).get(0);
        List<?> layers = (List<?>) epoch.get("layers");
        assertEquals(hidden + 1, layers.size());
        for (int i = 0; i < hidden; i++) {
            Map<?, ?> layer = (Map<?, ?>) layers.get(i);
            Map<?, ?> behind = (Map<?, ?>) layers.get(i + 1);
            assertTrue(number(layer, "error_norm") < number(behind, "error_norm"), layer + " and " + behind);
            assertTrue(
                    number(gradients(layer), "biases") < number(gradients(behind), "biases"), layer + " and " + behind);
        }
        // One layer further from the output costs a factor of 4 or so: from two on the first is slow, and it is said
        // why.
        List<?> slow = (List<?>) epoch.get("slow");
        assertEquals(hidden > 1, slow.toString().contains("dense_1 learns slowly: its error is "), slow.toString());
        assertEquals(hidden > 1, result.out().contains("On its way back it is multiplied by"), result.out());
    }

    @Test
    void resume_eachCheckpoint_endsWithTheSameFile() {
        Shell shell = small();
        shell.done("/demo/small.yaml", "--run-dir", "/demo/whole", "--quiet");
        assertEquals(2, shell.text("whole/" + FILE).lines().count());
        for (String step : List.of("04", "16")) { // of 10 an epoch
            shell.copy("whole", "again");
            shell.done("run", "--resume", "/demo/again/checkpoints/step-000000" + step + ".safetensors", "--quiet");
            assertArrayEquals(shell.bytes("whole/" + FILE), shell.bytes("again/" + FILE), step);
            shell.delete("again");
        }
    }

    @Test
    void verify_aRunWithIt_comparesItToo() {
        Shell shell = small();
        shell.done("/demo/small.yaml", "--run-dir", "/demo/run", "--quiet");
        String out = shell.done("verify", "/demo/run").out();
        assertTrue(out.contains("learning_speed.jsonl equal\n"), out);
        shell.done("verify", "/demo/run", "--from", "/demo/run/checkpoints/step-00000016.safetensors");
        shell.file("run/" + FILE, shell.text("run/" + FILE).replace("\"epoch\":1", "\"epoch\":2"));
        assertTrue(shell.execute("verify", "/demo/run")
                .failed(ExitCode.CHECK)
                .contains("learning_speed.jsonl was edited after the run"));
    }

    private Shell small() {
        String flowers = ShippedConfigs.text(ShippedConfigs.FOLDER.resolve("data/flowers.csv"));
        return new Shell(folder).file("flowers.csv", flowers).file("small.yaml", SMALL);
    }

    private static List<Map<?, ?>> lines(Path run) throws IOException {
        List<Map<?, ?>> lines = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve(FILE))) {
            lines.add((Map<?, ?>) JsonReader.read(line));
        }
        return lines;
    }

    private static Map<?, ?> gradients(Map<?, ?> layer) {
        return (Map<?, ?>) layer.get("gradient_norms");
    }

    private static double number(Map<?, ?> json, String key) {
        return ((Number) json.get(key)).doubleValue();
    }
}
