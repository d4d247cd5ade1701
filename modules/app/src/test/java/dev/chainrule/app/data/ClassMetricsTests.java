package dev.chainrule.app.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that measure single classes, several metrics of one type, and several labels of an example. */
final class ClassMetricsTests {
    /** Two of three frauds lie apart from the honest, one lies among them. */
    private static final String TRANSFERS = """
            amount,kind
            1,honest
            2,honest
            3,honest
            2.5,fraud
            9,fraud
            9.5,fraud
            """;

    private static final String CONFIG = """
            seed: 4
            data:
              train: { type: csv, file: t.csv, target: kind }
              validation: { type: csv, file: t.csv, target: kind }
              test: { type: csv, file: t.csv, target: kind }
              transforms: [ standardize ]
            model:
              - { type: dense, units: 2, activation: softmax }
            loss: cross_entropy
            optimizer: { type: adam, learning_rate: 0.1 }
            training: { epochs: 30 }
            metrics:
              - loss
              - { type: recall, of: fraud, name: found }
              - { type: precision, of: fraud }
              - { type: precision, of: honest, name: honest }
              - f1
            hooks:
              - { type: early_stopping, metric: validation.found, patience: 30 }
            expect:
              test.found: { min: 0.6, max: 0.7 }
              test.precision: { min: 1 }
              test.honest: { min: 0.75, max: 0.75 }
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void create() {
        shell = new Shell(folder).file("t.csv", TRANSFERS).file("t.yaml", CONFIG);
    }

    /** The threshold at which most are correct finds the same two frauds; the report of each class has the same figures. */
    @Test
    void run_calibrated_storesTemperatureAndThresholdWithTheModel() {
        shell.done(
                "/demo/t.yaml",
                "--run-dir",
                "/demo/run",
                "--quiet",
                "--set",
                "training.calibrate={ temperature: true, threshold: { type: recall, of: fraud } }",
                "--set",
                "expect={}");
        String out = shell.done("evaluate", "/demo/run").out();
        assertTrue(out.contains("calibrated on validation: temperature "), out);
        assertTrue(out.contains("  fraud             0.7500   1.000  0.8571         3\n"), out);
        assertTrue(out.contains("test.found 1.000\n"), out);
        String predicted =
                shell.done("predict", "/demo/run", "--input", "/demo/t.csv").out();
        assertEquals(
                4,
                predicted
                        .lines()
                        .skip(1)
                        .filter(line -> line.contains(",fraud,"))
                        .count(),
                predicted);
        assertTrue(Math.abs(probabilities(predicted) - 6) < 1e-6, predicted);
        shell.done("verify", "/demo/run");
    }

    /** A calibration belongs to the end of a run: neither a start from its model nor a later change of the config meets it. */
    @Test
    void startFrom_calibratedModel_fitsItsCalibrationAnew() {
        String[] still = {
            "--quiet", "--set", "expect={}", "--set", "optimizer.learning_rate=0", "--set", "allow=[ nothing_learns ]"
        };
        String calibrated = "training.calibrate={ temperature: true }";
        run("first", still, "--set", calibrated);
        run("again", still, "--set", calibrated, "--start-from", "/demo/first");
        run("without", still, "--start-from", "/demo/first");
        run("later", still, "--set", calibrated, "--start-from", "/demo/without");
        String fitted = calibration("first");
        assertTrue(fitted.startsWith("calibrated on validation: temperature ") && !fitted.endsWith(" 1.000"), fitted);
        assertEquals(fitted, calibration("again"));
        assertEquals(fitted, calibration("later"));
    }

    private void run(String name, String[] options, String... more) {
        shell.done(Stream.of(List.of("/demo/t.yaml", "--run-dir", "/demo/" + name), List.of(options), List.of(more))
                .flatMap(List::stream)
                .toArray(String[]::new));
    }

    private String calibration(String run) {
        return shell.done("evaluate", "/demo/" + run)
                .out()
                .lines()
                .filter(line -> line.startsWith("calibrated"))
                .findFirst()
                .orElseThrow();
    }

    private static double probabilities(String predicted) {
        return predicted
                .lines()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.split(",")[2]) + Double.parseDouble(line.split(",")[3]))
                .sum();
    }

    /** Of the frauds 2/3 are found, all right; of 4 taken for honest 3 are: F1 4/5 and 6/7. */
    @Test
    void run_severalMetricsOfOneType_areMeasuredUnderTheirNames() {
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        Map<?, ?> result = (Map<?, ?>) shell.json("run/run.json").get("result");
        Map<?, ?> metrics = (Map<?, ?>) result.get("metrics");
        assertEquals(2 / 3.0, ((Number) metrics.get("test.found")).doubleValue(), 1e-15);
        assertEquals((4 / 5.0 + 6 / 7.0) / 2, ((Number) metrics.get("test.f1")).doubleValue(), 1e-15);
        String out = shell.done("evaluate", "/demo/run", "--data", "{ type: csv, file: /demo/t.csv, target: kind }")
                .out();
        assertTrue(out.contains("found 0.6667\n"), out);
        assertTrue(shell.done("runs").out().contains("run"), out);
        shell.done("verify", "/demo/run");
    }

    @Test
    void run_expectationOfANamedMetric_isMissed() {
        shell.file("t.yaml", CONFIG.replace("test.honest: { min: 0.75, max: 0.75 }", "test.honest: { min: 0.9 }"));
        Shell.Result run = shell.execute("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        assertTrue(run.failed(ExitCode.EXPECTATION).contains("test.honest"), run.err());
    }

    @Test
    void validate_expectationOfAnUnknownName_isRefused() {
        shell.file("t.yaml", CONFIG.replace("test.honest:", "test.honets:"));
        String err = shell.execute("validate", "/demo/t.yaml").failed(ExitCode.INPUT);
        assertTrue(
                err.contains("no metric is called 'test.honets'\n") && err.contains("Did you mean 'test.honest'?"),
                err);
    }

    /** Of 9 pairs of a fraud and an honest transfer the network orders 8 by amount. */
    @Test
    void run_auc_isTheSameWhenResumedWithinAnEpoch() throws IOException {
        String config = CONFIG.replace("- f1", "- { type: auc, of: fraud }")
                .replace("training: { epochs: 30 }", "training: { epochs: 3 }")
                .replace("  - { type: early", "  - { type: checkpoint, every: 2 steps }\n  - { type: early")
                .replaceFirst("(?s)expect:.*", "expect: { test.auc: { min: 0.88, max: 0.89 } }\n")
                .replace("  transforms:", "  batch_size: 1\n  transforms:");
        shell.file("t.yaml", config);
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        shell.copy("run", "again");
        String checkpoint = shell.names("run/checkpoints").stream()
                .filter(name -> name.contains("14"))
                .findFirst()
                .orElseThrow();
        shell.done("run", "--resume", "/demo/again/checkpoints/" + checkpoint);
        assertEquals(
                Files.readString(shell.at("run/metrics.jsonl")), Files.readString(shell.at("again/metrics.jsonl")));
        shell.done("verify", "/demo/again");
    }

    @Test
    void run_aucOfTestRowsOfOneClass_isNotANumberAndMissesAnyExpectation() {
        shell.file("honest.csv", "amount,kind\n1,honest\n2,honest\n");
        shell.file(
                "t.yaml",
                CONFIG.replace("- f1", "- auc")
                        .replace("test: { type: csv, file: t.csv", "test: { type: csv, file: honest.csv")
                        .replaceFirst("(?s)expect:.*", "expect: { test.auc: { min: 0 } }\n"));
        Shell.Result run = shell.execute("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        assertTrue(run.failed(ExitCode.EXPECTATION).contains("test.auc: .nan, at least 0 expected"), run.err());
        Map<?, ?> result = (Map<?, ?>) shell.json("run/run.json").get("result");
        assertEquals("NaN", ((Map<?, ?>) result.get("metrics")).get("test.auc"));
        shell.done("verify", "/demo/run");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "targets: [ news, sport ]|2|binary_accuracy",
                "targets: [ sport ]|1|binary_accuracy",
                "target: news, categorical: [ news ]|1|binary_accuracy",
                "targets: [ news, sport ]|2|{ type: binary_accuracy, threshold: 0.4, name: binary_accuracy }"
            })
    void run_labelsOfZeroAndOne_areMeasuredByBinaryAccuracy(String target, int units, String metric) {
        String config = labels(target, units);
        shell.file("l.yaml", config.replace("METRIC", metric));
        shell.done("/demo/l.yaml", "--run-dir", "/demo/run", "--quiet");
    }

    @Test
    void validate_accuracyOfSeveralLabels_namesBinaryAccuracy() {
        shell.file("l.yaml", labels("targets: [ news, sport ]", 2).replace("METRIC", "accuracy"));
        String err = shell.execute("validate", "/demo/l.yaml").failed(ExitCode.INPUT);
        assertTrue(err.contains("accuracy requires classes as targets, but these are numbers: news, sport"), err);
        assertTrue(err.contains("Use binary_accuracy if each is 0 or 1"), err);
    }

    private String labels(String target, int units) {
        StringBuilder table = new StringBuilder("a,b,news,sport\n");
        for (int i = 0; i < 40; i++) {
            table.append(i % 4).append(',').append(i % 3).append(',');
            table.append(i % 4 > 1 ? 1 : 0)
                    .append(',')
                    .append(i % 3 > 1 ? 1 : 0)
                    .append('\n');
        }
        shell.file("l.csv", table.toString());
        return """
                data:
                  train: { type: csv, file: l.csv, columns: [ a, b ], TARGET }
                  test: { fraction: 0.25 }
                  transforms: [ standardize ]
                  batch_size: 8
                model:
                  - { type: dense, units: UNITS, activation: sigmoid }
                loss: binary_cross_entropy
                optimizer: { type: adam, learning_rate: 0.1 }
                training: { epochs: 80 }
                metrics: [ METRIC ]
                expect:
                  test.binary_accuracy: { min: 1 }
                """.replace("TARGET", target).replace("UNITS", String.valueOf(units));
    }
}
