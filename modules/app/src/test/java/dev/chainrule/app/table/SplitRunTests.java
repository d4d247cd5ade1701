package dev.chainrule.app.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on the parts of a table that a column decides. */
final class SplitRunTests {
    private static final String CONFIG = """
            seed: 6
            data:
              train: { type: csv, file: train.csv, target: kind }
              test: { SPLIT }
              validation: { SPLIT }
              batch_size: 5
            model: [ { type: dense, units: 2, activation: softmax } ]
            loss: cross_entropy
            optimizer: { type: adam, learning_rate: 0.02 }
            training: { epochs: 2 }
            hooks: [ { type: checkpoint, every: 1 step, keep: 100 } ]
            """;

    @TempDir
    private Path folder;

    private static String table(boolean parts) {
        StringBuilder table = new StringBuilder("a,decides,kind\n");
        for (int i = 0; i < 60; i++) {
            String part = i % 6 == 1 ? "test" : i % 6 == 4 ? "validation" : "train";
            table.append(i % 7)
                    .append(',')
                    .append(parts ? part : "patient" + i / 3)
                    .append(i % 2 == 0 ? ",x\n" : ",y\n");
        }
        return table.toString();
    }

    /** The column that decides is not an input, so that rows to predict lack it. */
    @ParameterizedTest
    @ValueSource(strings = {"fraction: 0.3, by: decides", "fraction: 0.3, hash: decides", "column: decides"})
    void run_columnDecides_resumesVerifiesAndPredicts(String split) {
        Shell shell = new Shell(folder)
                .file("train.csv", table(split.startsWith("column")))
                .file("t.yaml", CONFIG.replace("SPLIT", split));
        shell.done("/demo/t.yaml", "--run-dir", "/demo/whole", "--quiet");
        shell.copy("whole", "again");
        shell.done("run", "--resume", "/demo/again/checkpoints/step-00000004.safetensors");
        assertArrayEquals(shell.bytes("whole/model.safetensors"), shell.bytes("again/model.safetensors"));
        shell.done("verify", "/demo/whole");
        shell.done("evaluate", "/demo/whole");
        shell.file("new.csv", "a\n3\n");
        shell.done("predict", "/demo/whole", "--input", "/demo/new.csv");
    }
}
