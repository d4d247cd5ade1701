package dev.chainrule.app.data;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers that float64 holds and float32 does not: errors at their places in float32, and no errors in float64. */
final class PrecisionLimitTests {
    private static final String CONFIG = """
            precision: float32
            data:
              train: { type: csv, file: t.csv, target: y }
              batch_size: 2
            model:
              - { type: dense, units: 2, activation: tanh }
              - { type: batch_norm }
              - { type: dense, units: 1 }
            loss: quadratic
            optimizer: { type: adam, learning_rate: 0.01 }
            training: { epochs: 1 }
            allow: [ large_inputs, large_targets, huge_learning_rate, batch_of_one ]
            """;

    private static final String TABLE = "a,b,y\n1,2,3\n\n2,B,Y\n3,1,2\n4,2,5\n";

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void create() {
        shell = new Shell(folder).file("t.yaml", CONFIG).file("t.csv", table("4", "5"));
    }

    private static String table(String input, String target) {
        return TABLE.replace("B", input).replace("Y", target);
    }

    private String refused(String config) {
        shell.file("t.yaml", config.replace("float32", "float64"));
        shell.done("validate", "/demo/t.yaml");
        shell.file("t.yaml", config);
        String err = shell.execute("validate", "/demo/t.yaml").failed(ExitCode.INPUT);
        assertTrue(err.contains("recision: float64"), err);
        assertFalse(err.contains("learning rate"), err);
        return err;
    }

    @ParameterizedTest
    @CsvSource({"1e39", "-3.5e38"})
    void inputsOfATable_beyondFloat32_areErrorsAtTheirLine(String number) {
        shell.file("t.csv", table(number, "5"));
        String err = refused(CONFIG);
        assertTrue(err.contains("t.csv:4: error: column 'b' is " + number + ", beyond float32"), err);
        shell.file("t.yaml", CONFIG.replace("batch_size", "transforms: [ standardize ]\n  batch_size"));
        shell.done("validate", "/demo/t.yaml");
    }

    @ParameterizedTest
    @CsvSource({"1e39", "-3.5e38"})
    void targetsOfATable_beyondFloat32_areErrorsAtTheirLine(String number) {
        shell.file("t.csv", table("4", number));
        String err = refused(CONFIG);
        assertTrue(err.contains("t.csv:4: error: the target 'y' is " + number + ", beyond float32"), err);
    }

    @Test
    void inputs_thatTransformsMakeTooLarge_areErrorsAtTheirLine() {
        shell.file("t.csv", table("1e20", "5"));
        String err = refused(CONFIG.replace("batch_size", "transforms: [ { type: scale, by: 1e20 } ]\n  batch_size"));
        assertTrue(err.contains("t.csv:4: error: column 'b' is 1e20, after the transforms, beyond float32"), err);
    }

    @Test
    void rowsInTheConfig_beyondFloat32_areErrorsWithTheirRow() {
        String rows = CONFIG.replaceAll(
                "train: .*", "train: { type: inline, rows: [ [1], [2], [1e39] ], targets: [[1], [2], [3]] }");
        String err = refused(rows);
        assertTrue(err.contains("input 1 is 1e39, beyond float32") && err.contains("in row 3 of train"), err);
        err = refused(rows.replace("1e39", "5").replace("[3]]", "[-1e39]]"));
        assertTrue(err.contains("is -1e39, beyond float32") && err.contains("in row 3 of train"), err);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "units: 2|units: 2, weights: 1e39|1e39 is infinite in float32|t.yaml:6",
                "units: 2|units: 2, biases: -1e-60|-1e-60 is 0 in float32|t.yaml:6",
                "units: 2|units: 2, weights: { type: normal, std: 1e39 }|1e39 is infinite in float32|t.yaml:6",
                "units: 2|units: 2, weights: { type: normal, std: 1e-300 }|1e-300 is 0 in float32|t.yaml:6",
                "batch_norm|batch_norm, epsilon: 1e-300|1e-300 is 0 in float32|t.yaml:7",
                "adam|adam, epsilon: 1e-300|1e-300 is 0 in float32|t.yaml:10",
                "rate: 0.01|rate: 1e39|1e39 is infinite in float32|t.yaml:10",
            })
    void parameters_thatFloat32DoesNotHold_areErrorsAtTheirPlace(
            String old, String changed, String message, String place) {
        String err = refused(CONFIG.replace(old, changed));
        assertTrue(err.contains(message) && err.contains(place), err);
    }

    @Test
    void predict_rowsBeyondFloat32_areMarked() {
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        shell.file("new.csv", "a,b\n1,2\n1,1e39\n");
        Shell.Result run = shell.execute("predict", "/demo/run", "--input", "/demo/new.csv");
        assertTrue(run.out().contains("1,,\"column 'b' is 1e39, beyond float32"), run.out());
        run.failed(ExitCode.INPUT);
    }
}
