package dev.chainrule.app.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks with several outputs, each with its own target, loss, weight and metrics. */
final class OutputsTests {
    private static final int ROWS = 90;

    private static final String CONFIG = """
            data:
              train: { type: csv, file: t.csv }
              test: { type: csv, file: t.csv }
              validation: { fraction: 0.2 }
              batch_size: 16
            model:
              - { type: dense, units: 6, activation: tanh, name: trunk }
            outputs:
              side: { target: side, layers: [ { type: dense, units: 2, activation: softmax } ], loss: cross_entropy }
              sums:
                target: [ sum, difference ]
                target_transforms: [ standardize ]
                layers: [ { type: dense, units: 2 } ]
                loss: quadratic
                weight: 0.25
                metrics: [ loss, mae ]
              copy: { reconstruct: true, layers: [ { type: dense, units: 2 } ], loss: quadratic, weight: 2 }
            optimizer: { type: adam, learning_rate: { type: cosine, from: 0.03 } }
            training: { epochs: 30 }
            hooks:
              - { type: gradient_check, at: start }
              - { type: checkpoint, every: 10 epochs, keep: 10 }
              - { type: early_stopping, metric: validation.side.accuracy, patience: 100 }
            expect:
              test.loss: { max: 1 }
              test.side.accuracy: { min: 0.9 }
              test.sums.mae: { max: 100 }
              validation.copy.mse: { max: 0.1, at: lowest }
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void create() {
        shell = new Shell(folder).file("t.csv", table()).file("t.yaml", CONFIG);
    }

    /** The sides of the line b = a; sums in the hundreds. */
    private static String table() {
        Random random = new Random(1);
        StringBuilder table = new StringBuilder("a,side,b,sum,difference\n");
        for (int i = 0; i < ROWS; i++) {
            int a = random.nextInt(100) - 50;
            int b = random.nextInt(100) - 50;
            table.append(a / 50.0).append(a > b ? ",right," : ",left,").append(b / 50.0);
            table.append(',')
                    .append(1000 + 4 * (a + b))
                    .append(',')
                    .append(2 * (a - b))
                    .append('\n');
        }
        return table.toString();
    }

    @Test
    void run_severalOutputs_measuresEachAndTheirSum() {
        String out = shell.done("/demo/t.yaml", "--run-dir", "/demo/run").out();
        for (String quantity :
                List.of("side.cross_entropy.a", "sums.quadratic.a", "copy.quadratic.a", "side.dense_1.z")) {
            assertTrue(out.contains(quantity), quantity + " is not checked: " + out);
        }
        assertTrue(out.contains("confusion of the test examples by side"), out);
        Map<?, ?> test = shell.lastJson("run/metrics.jsonl");
        assertEquals(
                List.of(
                        "test.loss",
                        "test.side.loss",
                        "test.side.accuracy",
                        "test.sums.loss",
                        "test.sums.mae",
                        "test.copy.loss",
                        "test.copy.mse",
                        "test.copy.mae"),
                test.keySet().stream()
                        .filter(name -> name.toString().startsWith("test."))
                        .toList());
        double sum = (Double) test.get("test.side.loss")
                + 0.25 * (Double) test.get("test.sums.loss")
                + 2 * (Double) test.get("test.copy.loss");
        // Costs of examples are float32.
        assertEquals(sum, (Double) test.get("test.loss"), 1e-6 * sum);
        Map<?, ?> result = (Map<?, ?>) shell.json("run/run.json").get("result");
        assertEquals(
                "[test.copy.loss, test.copy.mae, test.copy.mse, test.side.accuracy, test.side.loss, test.sums.loss, test.sums.mae]",
                ((Map<?, ?>) result.get("baseline"))
                        .keySet().stream()
                                .map(String.class::cast)
                                .filter(name -> name.startsWith("test."))
                                .sorted()
                                .collect(Collectors.joining(", ", "[", "]")));
        String evaluated = shell.done("evaluate", "/demo/run").out();
        assertTrue(evaluated.contains("test.side.accuracy ") && evaluated.contains("test.copy.mae "), evaluated);
        assertTrue(shell.done("verify", "/demo/run").out().endsWith("PASS\n"));
        assertTrue(shell.done("gradcheck", "/demo/t.yaml").out().contains("copy.dense_1.weights"));
    }

    @Test
    void predict_severalOutputs_hasColumnsForEachInTheUnitOfTheData() {
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        shell.file("more.csv", "b,a\n-0.5,0.5\n0.25,0.75\n1,\n");
        Shell.Result result = shell.execute("predict", "/demo/run", "--input", "/demo/more.csv");
        assertEquals(ExitCode.INPUT, result.code());
        List<String> lines = result.out().lines().toList();
        assertEquals(
                "example,side.class,side.left,side.right,sums.sum,sums.difference,copy.loss,copy.a,copy.b,problem",
                lines.get(0));
        assertEquals("2,,,,,,,,,column 'a' has no value", lines.get(3));
        String[] first = lines.get(1).split(",");
        assertEquals("right", first[1]);
        assertEquals(1000, Double.parseDouble(first[4]), 100);
        assertEquals(100, Double.parseDouble(first[5]), 40);
        assertEquals(0.5, Double.parseDouble(first[7]), 0.2);
    }

    @Test
    void resume_eachCheckpoint_endsWithTheSameBytes() {
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        List<String> checkpoints = shell.names("run/checkpoints");
        assertTrue(checkpoints.size() >= 2, checkpoints.toString());
        for (String checkpoint : checkpoints) {
            shell.copy("run", "again");
            shell.done("run", "--resume", "/demo/again/checkpoints/" + checkpoint);
            for (String file : List.of("model.safetensors", "metrics.jsonl", "steps.bin", "chain.jsonl")) {
                assertArrayEquals(shell.bytes("run/" + file), shell.bytes("again/" + file), checkpoint + " " + file);
            }
            shell.delete("again");
        }
    }

    /** One output with a name computes the same as a loss for the whole network. */
    @Test
    void run_oneOutput_hasTheBitsOfALoss() {
        String one = CONFIG.substring(0, CONFIG.indexOf("outputs:"))
                .replace("units: 6, activation: tanh", "units: 2, activation: softmax");
        String rest = "optimizer: { type: adam, learning_rate: 0.03 }\ntraining: { epochs: 3 }\n";
        shell.file(
                "loss.yaml",
                one.replace("t.csv", "t.csv, target: side, columns: [ a, b ]") + "loss: cross_entropy\n" + rest);
        shell.file(
                "output.yaml",
                one.replace("t.csv", "t.csv, columns: [ a, b ]")
                        + "outputs: { side: { target: side, loss: cross_entropy } }\n" + rest);
        shell.done("/demo/loss.yaml", "--run-dir", "/demo/loss", "--quiet");
        shell.done("/demo/output.yaml", "--run-dir", "/demo/output", "--quiet");
        assertArrayEquals(shell.bytes("loss/steps.bin"), shell.bytes("output/steps.bin"));
    }

    /** An output without layers reads a value that other layers read, too: its cost is one more use of that value. */
    @Test
    void gradcheck_costOfAValueInTheMiddle_passes() {
        shell.edit("t.yaml", "units: 6, activation: tanh", "units: 2, activation: sigmoid")
                .edit(
                        "t.yaml",
                        "reconstruct: true, layers: [ { type: dense, units: 2 } ], loss: quadratic",
                        "reconstruct: true, loss: quadratic");
        String out = shell.done("gradcheck", "/demo/t.yaml").out();
        assertTrue(out.contains("trunk.out") && out.contains("copy.quadratic.a"), out);
    }

    @ParameterizedTest
    @CsvSource({
        "'target: side,', 'target: sdie,', column 'sdie'",
        "'file: t.csv }', 'file: t.csv, target: side }', the outputs choose the columns to predict: side, sum, difference",
        "'file: t.csv }', 'file: t.csv, columns: [ a, sum ] }', column 'sum' is the target of an output",
        "'target: side,', '', the output has no target",
        "'[ sum, difference ]', '[ sum, side ]', column 'side' contains names"
    })
    void run_wrongColumn_isAnErrorWithAPlace(String from, String to, String message) {
        shell.edit("t.yaml", from, to);
        String error = shell.execute("validate", "/demo/t.yaml").failed(ExitCode.INPUT);
        assertTrue(error.contains(message), error);
        assertTrue(error.contains("/demo/t.yaml:") || error.contains("/demo/t.csv"), error);
    }

    /** With one target, several outputs may learn it: an auxiliary classifier. */
    @Test
    void run_outputsWithoutColumns_learnTheTargetOfTheSource() {
        shell.edit("t.yaml", "target: side,", "")
                .edit("t.yaml", "file: t.csv }", "file: t.csv, target: side, columns: [ a, b ] }")
                .edit("t.yaml", "target: [ sum, difference ]", "metrics: [ accuracy ]")
                .edit("t.yaml", "target_transforms: [ standardize ]", "")
                .edit(
                        "t.yaml",
                        "loss: quadratic\n    weight: 0.25\n    metrics: [ loss, mae ]",
                        "loss: binary_cross_entropy")
                .edit("t.yaml", "test.sums.mae: { max: 100 }", "test.sums.accuracy: { min: 0.9 }")
                .edit(
                        "t.yaml",
                        "layers: [ { type: dense, units: 2 } ]\n",
                        "layers: [ { type: dense, units: 2, activation: sigmoid } ]\n");
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        String header = shell.done("predict", "/demo/run", "--input", "/demo/t.csv")
                .out()
                .lines()
                .findFirst()
                .orElseThrow();
        assertEquals(
                2,
                Arrays.stream(header.split(","))
                        .filter(name -> name.endsWith(".class"))
                        .count(),
                header);
    }
}
