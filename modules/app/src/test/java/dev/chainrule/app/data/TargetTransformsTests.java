package dev.chainrule.app.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.math.Numbers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets that are transformed: the loss sees the scaled ones, and everything a person reads is in the unit of the data. */
final class TargetTransformsTests {
    private static final int ROWS = 120;

    private static final String CONFIG = """
            seed: 4
            precision: float32
            data:
              train: { type: csv, file: t.csv, targets: [ price, year ] }
              test: { fraction: 0.2 }
              validation: { fraction: 0.2 }
              transforms: [ standardize ]
              target_transforms: [ log, { type: scale, by: 0.5, offset: 1 }, standardize ]
              batch_size: 16
            model:
              - { type: dense, units: 16, activation: tanh }
              - { type: dense, units: 2 }
            loss: quadratic
            optimizer: { type: adam, learning_rate: { type: cosine, from: 0.02 } }
            training: { epochs: 40 }
            metrics: [ loss, mae, mse ]
            hooks:
              - { type: checkpoint, every: 10 epochs, keep: 100, best: { metric: validation.mae, keep: 2 } }
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void create() {
        shell = new Shell(folder).file("t.csv", table()).file("t.yaml", CONFIG);
    }

    /** Prices differ by factors, years hardly: each of them must undo its transform. */
    private static String table() {
        Random random = new Random(1);
        StringBuilder table = new StringBuilder("a,b,price,year\n");
        for (int i = 0; i < ROWS; i++) {
            double a = random.nextDouble();
            double b = random.nextDouble();
            table.append(Numbers.format(a, 1e-7)).append(',').append(Numbers.format(b, 1e-7));
            table.append(',').append(Numbers.format(1e10 * Math.pow(10, 3 * a), 0.01));
            table.append(',').append(Numbers.format(1990 + 30 * b, 1e-7)).append('\n');
        }
        return table.toString();
    }

    @Test
    void metrics_areTheDifferencesOfPredictionsAndTheTable() {
        shell.file(
                "t.yaml",
                CONFIG.replace(
                        "{ fraction: 0.2 }\n  validation",
                        "{ type: csv, file: t.csv, targets: [ price, year ] }\n  validation"));
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        double[][] rows = numbers(shell.text("t.csv"));
        double[][] predicted = numbers(
                shell.done("predict", "/demo/run", "--input", "/demo/t.csv").out());
        double distance = 0;
        double squares = 0;
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < 2; j++) {
                double difference = predicted[i][1 + j] - rows[i][2 + j];
                distance += Math.abs(difference) / (2 * ROWS);
                squares += difference * difference / (2 * ROWS);
            }
        }
        Map<?, ?> test = shell.lastJson("run/metrics.jsonl");
        assertEquals(distance, (Double) test.get("test.mae"), 1e-5 * distance);
        assertEquals(squares, (Double) test.get("test.mse"), 1e-5 * squares);
        assertTrue((Double) test.get("test.loss") < 0.1, test.toString());
        String evaluated = shell.done("evaluate", "/demo/run").out();
        assertEquals(distance, value(evaluated, "test.mae"), 1e-3 * distance);
    }

    /** Half the prices are above the median whatever they are measured in: the best constant is worse than the network. */
    @Test
    void baseline_isInTheUnitOfTheData() {
        String config = CONFIG.replace("targets: [ price, year ]", "target: price, columns: [ a, b ]")
                .replace("units: 2", "units: 1");
        shell.file("t.yaml", config);
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        Map<?, ?> result = (Map<?, ?>) shell.json("run/run.json").get("result");
        double baseline = (Double) ((Map<?, ?>) result.get("baseline")).get("test.mae");
        double trained = (Double) ((Map<?, ?>) result.get("metrics")).get("test.mae");
        assertTrue(baseline > 5e11 && baseline < 1e13, "baseline " + baseline);
        assertTrue(trained < baseline / 5, "trained " + trained);
    }

    @Test
    void resume_eachCheckpoint_endsWithTheSameBytes() {
        shell.file("t.yaml", CONFIG.replace("every: 10 epochs", "every: 1 epoch"));
        shell.done("/demo/t.yaml", "--run-dir", "/demo/whole", "--quiet", "--set", "training.epochs=4");
        String[] checkpoints = shell.at("whole/checkpoints").toFile().list((in, name) -> name.endsWith(".safetensors"));
        assertTrue(checkpoints.length >= 4, checkpoints.length + " checkpoints");
        for (String checkpoint : checkpoints) {
            shell.copy("whole", "again");
            shell.done("run", "--resume", "/demo/again/checkpoints/" + checkpoint);
            for (String file : List.of("model.safetensors", "metrics.jsonl", "steps.bin", "chain.jsonl")) {
                assertArrayEquals(shell.bytes("whole/" + file), shell.bytes("again/" + file), checkpoint + " " + file);
            }
            shell.delete("again");
        }
    }

    @Test
    void verify_run_isRepeated() {
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet", "--set", "training.epochs=3");
        shell.done("verify", "/demo/run");
    }

    @Test
    void expect_inTheUnitOfTheData_isHeldAndMissed() {
        String[] args = {"/demo/t.yaml", "--run-dir", "/demo/run", "--quiet", "--set", "expect={test.mae: {min: 1e6}}"};
        shell.done(args);
        shell.delete("run");
        args[5] = "expect={test.mae: {max: 1000}}";
        shell.execute(args).failed(ExitCode.EXPECTATION);
    }

    @Test
    void gradients_ofScaledTargets_areRight() {
        shell.done("gradcheck", "/demo/t.yaml");
        String hooks = "hooks=[{ type: gradient_check, at: start }]";
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet", "--set", "training.epochs=1", "--set", hooks);
    }

    @Test
    void earlyStopping_onAMetricOfTheData_keepsItsBestEpoch() {
        String hooks = "hooks=[{type: early_stopping, metric: validation.mae, patience: 3, min_delta: 1e9}]";
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet", "--set", hooks, "--set", "training.epochs=60");
        List<String> lines = shell.text("run/metrics.jsonl").lines().toList();
        assertTrue(lines.size() < 60, "stopped after " + lines.size());
    }

    /** The same numbers, in floats and doubles, far from zero, tiny and huge: no two predictions are one text. */
    @ParameterizedTest
    @CsvSource({
        "5312345.5, 1, float64",
        "5312345.5, 1, float32",
        "1700049999, 1, float32",
        "1e12, 0.25, float32",
        "0, 1e-12, float32",
        "-3e30, 1e28, float32"
    })
    void predict_numbersThatHardlyDiffer_areToldFromEachOther(double first, double step, String precision) {
        StringBuilder rows = new StringBuilder("x,y\n");
        for (int i = 0; i < ROWS; i++) {
            rows.append((i + 0.5) / 10)
                    .append(',')
                    .append(Numbers.format(first + i * step))
                    .append('\n');
        }
        shell.file("t.csv", rows.toString());
        shell.file(
                "t.yaml",
                CONFIG.replace("targets: [ price, year ]", "target: y")
                        .replace("units: 2", "units: 1")
                        .replace("[ log, { type: scale, by: 0.5, offset: 1 }, standardize ]", "[ standardize ]")
                        .replace("float32", precision));
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        List<String> cells = shell.done("predict", "/demo/run", "--input", "/demo/t.csv")
                .out()
                .lines()
                .skip(1)
                .map(line -> line.substring(line.indexOf(',') + 1))
                .toList();
        assertEquals(ROWS, cells.stream().distinct().count(), cells.toString());
        for (int i = 0; i < ROWS; i++) {
            assertEquals(first + i * step, Double.parseDouble(cells.get(i)), ROWS * step / 10);
            assertTrue(cells.get(i).replaceAll("e.*|[-.]", "").length() <= 17, cells.get(i));
        }
    }

    @Test
    void run_targetsThatAreNotTransformed_metricsUseTheNumbersOfTheFile() {
        shell.file("t.csv", "x,y\n0,16777217\n1,16777217\n");
        shell.file("t.yaml", """
                data: { train: { type: csv, file: t.csv, target: y }, shuffle: false }
                model: [ { type: dense, units: 1, weights: zeros, biases: 16777216, trainable: false } ]
                loss: quadratic
                optimizer: { type: sgd, learning_rate: 0.1 }
                training: { epochs: 1 }
                metrics: [ loss, mae ]
                hooks: []
                """);
        shell.execute("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        String line = shell.text("run/metrics.jsonl").lines().findFirst().orElseThrow();
        assertTrue(line.contains("\"train.loss\":0,") && line.contains("\"train.mae\":1"), line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"target: kind", "target: kind, categorical: [ kind ]"})
    void validate_classes_areRefused(String target) {
        shell.file("t.csv", "x,kind\n1,no\n2,yes\n3,no\n");
        shell.file("t.yaml", CONFIG.replace("targets: [ price, year ]", target));
        String err = shell.execute("validate", "/demo/t.yaml").failed(ExitCode.INPUT);
        assertTrue(err.contains("/demo/t.yaml:8:"), err);
        assertTrue(err.contains("the targets are classes (no, yes), but target_transforms apply to numbers"), err);
        assertTrue(err.contains("at data.target_transforms. Remove target_transforms."), err);
    }

    /** Numbers of the training and of the test examples, too large for float32 and not for float64. */
    @ParameterizedTest
    @ValueSource(ints = {1, 30, 60, 90, 120})
    void validate_targetsBeyondTheRunsPrecision_areRefused(int row) {
        String[] lines = table().split("\n");
        lines[row] = "0.5,0.5,1e39,2000";
        shell.file("t.csv", String.join("\n", lines) + "\n");
        String[] args = {"validate", "/demo/t.yaml", "--set", "data.target_transforms=[]"};
        String err = shell.execute(args).failed(ExitCode.INPUT);
        assertTrue(
                err.startsWith("/demo/t.csv:" + (row + 1) + ": error: the target 'price' is 1e39, beyond float32"),
                err);
        assertTrue(err.contains("at data.t") || err.contains("at data.validation"), err);
        args[3] = "precision=float64";
        shell.execute(args).done();
        args[3] = "name=scaled";
        shell.execute(args).done();
    }

    @Test
    void validate_oneHotOfNumbers_isRefused() {
        shell.file("t.yaml", CONFIG.replace("[ log, ", "[ one_hot, "));
        String err = shell.execute("validate", "/demo/t.yaml").failed(ExitCode.INPUT);
        assertTrue(err.contains("the targets are numbers (price, year), not classes"), err);
        assertTrue(err.contains("at data.target_transforms[0]"), err);
    }

    /** A number that log cannot take, of the training, validation or test examples, or of an input. */
    @ParameterizedTest
    @CsvSource({"price, 0", "price, -5e9", "year, -1", "year, 0"})
    void validate_logOfANumberNotAboveZero_namesLineColumnAndValue(String column, String value) {
        for (int row : new int[] {1, 17, 60, 100, 120}) {
            String[] lines = table().split("\n");
            String[] cells = lines[row].split(",");
            cells[column.equals("price") ? 2 : 3] = value;
            lines[row] = String.join(",", cells);
            shell.file("t.csv", String.join("\n", lines) + "\n");
            String err = shell.execute("validate", "/demo/t.yaml").failed(ExitCode.INPUT);
            assertTrue(
                    err.contains("t.csv:" + (row + 1) + ": error: column '" + column + "' is "
                            + Numbers.format(Double.parseDouble(value)) + "; log takes numbers above 0"),
                    err);
            assertTrue(err.contains("log takes numbers above 0") && err.contains("at data.target_transforms[0]"), err);
        }
    }

    @Test
    void log_ofInputs_isLearnedFromAndRefusesNumbersNotAboveZero() {
        String inputs = CONFIG.replace("targets: [ price, year ]", "target: a, columns: [ price, year ]")
                .replace(
                        "transforms: [ standardize ]\n  target_transforms: [ log",
                        "transforms: [ log, standardize ]\n  target_transforms: [ log")
                .replace("units: 2", "units: 1");
        shell.file("t.yaml", inputs);
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet", "--set", "data.target_transforms=[]");
        String out = shell.done("evaluate", "/demo/run").out();
        assertTrue(value(out, "test.mae") < 0.05, out);
        shell.file("new.csv", "price,year\n1e11,0\n");
        String err = shell.execute("predict", "/demo/run", "--input", "/demo/new.csv")
                .failed(ExitCode.INPUT);
        assertTrue(err.contains("column 'year' is 0; log takes numbers above 0"), err);
    }

    private static double value(String out, String name) {
        return out.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static double[][] numbers(String csv) {
        return csv.lines()
                .skip(1)
                .map(line -> List.of(line.split(",")).stream()
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }
}
