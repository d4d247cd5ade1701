package dev.chainrule.app.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables with gaps: kept and filled, or refused at the first that nothing fills; and rows to predict that have some. */
final class GapTests {
    private static final int ROWS = 60;
    private static final String BOTH = "[ { type: fill, with: median }, { type: fill, with: own }, standardize ]";

    private static final String CONFIG = """
            seed: 3
            data:
              train: { type: csv, file: t.csv, target: kind, missing: keep }
              test: { count: 10, order: last }
              validation: { fraction: 0.2 }
              transforms: TRANSFORMS
              batch_size: 8
            model: [ { type: dense, units: 8, activation: relu, weights: he_normal }, { type: dense, units: 2, activation: softmax } ]
            loss: cross_entropy
            optimizer: { type: adam, learning_rate: 0.05 }
            training: { epochs: 20 }
            hooks: [ { type: checkpoint, every: 7 steps, keep: 2 } ]
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void create() {
        shell = new Shell(folder).file("t.csv", table(0)).file("t.yaml", CONFIG.replace("TRANSFORMS", BOTH));
    }

    /** Every third row has a gap, the first one in line 3. */
    private static String table(int moved) {
        StringBuilder table = new StringBuilder("size,colour,kind\n");
        for (int i = 0; i < ROWS; i++) {
            int size = i % 7 + (i >= ROWS - 10 ? moved : 0);
            table.append(i % 6 == 1 ? "?" : size).append(',');
            table.append(i % 6 == 4 ? "" : i % 2 == 0 ? "red" : "blue").append(',');
            table.append(i % 7 > 2 ? "big" : "small").append('\n');
        }
        return table.toString();
    }

    private Map<?, ?> record(String run) {
        return shell.json(run + "/run.json");
    }

    @Test
    void run_gapsThatAreFilled_keepsEveryRow() throws IOException {
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        String data = record("run").get("data").toString();
        assertTrue(data.contains("examples=38") && data.contains("examples=12") && data.contains("examples=10"), data);
        assertFalse(data.contains("left out"), data);
        shell.done("verify", "/demo/run");
        shell.done("evaluate", "/demo/run");
        String checkpoint = shell.names("run/checkpoints").get(0);
        shell.copy("run", "again");
        shell.done("run", "--resume", "/demo/again/checkpoints/" + checkpoint);
        assertArrayEquals(model("run"), model("again"));
    }

    @Test
    void run_rowsWithoutTarget_areLeftOutAndCounted() {
        shell.file("t.csv", table(0) + "1,red,\n2,,\n");
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        String data = record("run").get("data").toString();
        assertTrue(data.contains("2 rows without a value left out"), data);
        assertTrue(data.contains("examples=38"), data);
    }

    /** Other sizes in the test rows, which stand last, change nothing that is learned. */
    @Test
    void run_otherTestRows_fillTheSame() throws IOException {
        shell.done("/demo/t.yaml", "--run-dir", "/demo/one", "--quiet");
        shell.file("t.csv", table(1000));
        shell.done("/demo/t.yaml", "--run-dir", "/demo/other", "--quiet");
        assertArrayEquals(model("one"), model("other"));
    }

    private byte[] model(String run) throws IOException {
        return Files.readAllBytes(shell.at(run + "/model.safetensors"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[ standardize ]",
                "[]",
                "[ { type: fill, with: own }, standardize ]",
                "[ { type: fill, with: own }, { type: scale, by: 0.5 }, { type: fill, with: mean } ]",
                "[ standardize, { type: fill, with: mean }, { type: fill, with: own } ]"
            })
    void validate_gapThatNothingFills_namesTheFirstCell(String transforms) {
        shell.file("t.yaml", CONFIG.replace("TRANSFORMS", transforms));
        String err = shell.execute("validate", "/demo/t.yaml").failed(ExitCode.INPUT);
        assertTrue(err.contains("/demo/t.csv:3: error: column 'size' has no value"), err);
        assertTrue(err.contains("type: fill"), err);
    }

    @Test
    void validate_gapInNamesThatNothingFills_namesTheFirstCell() {
        shell.file("t.yaml", CONFIG.replace("TRANSFORMS", "[ { type: fill, with: mean }, standardize ]"));
        String err = shell.execute("validate", "/demo/t.yaml").failed(ExitCode.INPUT);
        assertTrue(err.contains("/demo/t.csv:6: error: column 'colour' has no value"), err);
    }

    @Test
    void predict_rowsWithGaps_arePredictedAndUnknownNamesMarked() {
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        shell.file("new.csv", "size,colour\n1,red\n?,blue\n6,\n5,violet\nmuch,red\n");
        Shell.Result result = shell.execute("predict", "/demo/run", "--input", "/demo/new.csv");
        assertEquals(ExitCode.INPUT, result.code());
        List<String> lines = result.out().lines().toList();
        assertEquals(6, lines.size());
        for (int row : new int[] {1, 2, 3}) {
            assertTrue(lines.get(row).matches((row - 1) + ",(big|small),.*,"), lines.get(row));
        }
        assertTrue(lines.get(4).contains("column 'colour' has 'violet', which no training example has"), lines.get(4));
        assertTrue(lines.get(5).contains("column 'size' has 'much', which is not a number"), lines.get(5));
        assertTrue(result.err().contains("2 rows could not be predicted"), result.err());
    }

    @Test
    void predict_gapsWithoutFill_areMarkedAndTheOthersPredicted() {
        shell.file("t.csv", table(0).replace("?", "3").replace(",,", ",red,"));
        shell.file("t.yaml", CONFIG.replace("missing: keep", "missing: drop").replace("TRANSFORMS", "[ standardize ]"));
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        shell.file("new.csv", "size,colour\n1,red\n?,violet\n,blue\n6,\n");
        Shell.Result result = shell.execute("predict", "/demo/run", "--input", "/demo/new.csv");
        assertEquals(ExitCode.INPUT, result.code());
        List<String> lines = result.out().lines().toList();
        assertTrue(lines.get(1).matches("0,(big|small),.*,"), lines.get(1));
        assertTrue(
                lines.get(2).contains("column 'size' has '?'") && lines.get(2).contains("violet"), lines.get(2));
        assertTrue(lines.get(3).contains("column 'size' has no value"), lines.get(3));
        assertTrue(lines.get(4).contains("column 'colour' has no value"), lines.get(4));
    }

    /** A column without a gap in training, whose gap nothing fills, is no reason to predict nothing. */
    @Test
    void predict_gapThatNoFillCovers_isMarked() {
        shell.file("t.csv", table(0).replace(",,", ",red,"));
        shell.file("t.yaml", CONFIG.replace("TRANSFORMS", "[ { type: fill, with: mean }, standardize ]"));
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        shell.file("new.csv", "size,colour\n1,\n?,blue\n");
        Shell.Result result = shell.execute("predict", "/demo/run", "--input", "/demo/new.csv");
        assertEquals(ExitCode.INPUT, result.code());
        List<String> lines = result.out().lines().toList();
        assertTrue(lines.get(1).contains("column 'colour' has no value"), lines.get(1));
        assertTrue(lines.get(2).matches("1,(big|small),.*,"), lines.get(2));
    }

    @Test
    void gradcheck_gaps_areFilled() {
        shell.file("t.yaml", CONFIG.replace("TRANSFORMS", BOTH.replace("own }", "most_common, indicator: true }")));
        assertEquals(ExitCode.DONE, shell.execute("gradcheck", "/demo/t.yaml").code());
    }
}
