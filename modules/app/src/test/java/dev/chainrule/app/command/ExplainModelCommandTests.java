package dev.chainrule.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.math.Numbers;
import dev.chainrule.math.RandomStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test the permutation importance of columns. */
final class ExplainModelCommandTests {
    private static final String CONFIG = """
            seed: 4
            precision: float64
            data:
              train: { type: csv, file: t.csv, target: y }
            model: [ { type: dense, units: 1, weights: 0, biases: 0 } ]
            loss: quadratic
            metrics: [ loss, mse, r2 ]
            optimizer: { type: sgd, learning_rate: 0.2 }
            training: { epochs: 3 }
            """;

    @TempDir
    private static Path folder;

    private static Shell shell;

    @BeforeAll
    static void train() {
        shell = new Shell(folder);
        Samples.write(shell);
        shell.file("t.csv", table(i -> i)).file("t.yaml", CONFIG);
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        shell.done("/demo/images.yaml", "--run-dir", "/demo/images", "--quiet");
    }

    /** Twelve rows of y = 2a; the column b is constant, so that it makes no difference. */
    private static String table(IntUnaryOperator rowOfA) {
        StringBuilder table = new StringBuilder("a,b,y\n");
        for (int i = 0; i < 12; i++) {
            table.append((rowOfA.applyAsInt(i) * 5 % 12) / 4.0 - 1)
                    .append(",1,")
                    .append((i * 5 % 12) / 2.0 - 2)
                    .append('\n');
        }
        return table.toString();
    }

    /** A table with permuted cells, written by the test and evaluated by the program, has the loss that the importance adds. */
    @Test
    void explain_eachColumn_isTheChangeForATableOfPermutedCells() {
        int[] permutation = RandomStream.of(4, "importance.a").permutation(12, 0);
        shell.file("permuted.csv", table(i -> permutation[i]));
        double whole = loss("t.csv");
        double rise = loss("permuted.csv") - whole;
        assertTrue(rise > 0.1, rise + " rise, whole " + whole);
        List<String> lines = shell.done("explain-model", "/demo/run", "--data", "train", "--repeats", "1")
                .out()
                .lines()
                .toList();
        assertEquals(
                "/demo/run: train.loss " + shown(whole) + " of 12 examples; each column permuted 1 time", lines.get(0));
        assertEquals("column  loss rises by  ±", lines.get(1));
        String[] first = lines.get(2).split(" +");
        assertEquals("a", first[0]);
        // Both losses are read from four printed digits of numbers below 10.
        assertEquals(rise, Double.parseDouble(first[1]), 2e-3);
        assertEquals(List.of("b", "0", "0"), Arrays.asList(lines.get(3).split(" +")));
    }

    private static double loss(String file) {
        String out = shell.done("evaluate", "/demo/run", "--data", "{ type: csv, file: /demo/" + file + ", target: y }")
                .out();
        return Double.parseDouble(out.replaceAll("(?s).*data\\.loss ([0-9.e-]+)\\n.*", "$1"));
    }

    private static String shown(double value) {
        return Numbers.rounded(value);
    }

    @Test
    void explain_metricThatIsBetterIfHigher_falls() {
        String out = shell.done("explain-model", "/demo/run", "--data", "train", "--metric", "r2")
                .out();
        assertTrue(out.contains("column  r2 falls by"), out);
        assertTrue(out.lines().skip(2).findFirst().orElseThrow().matches("a +[0-9.]+ .*"), out);
    }

    @Test
    void explain_mistakes_areAnswered() {
        assertEquals(
                """
                error: the run has no metric 'f1'
                   Measured: loss, mse, r2.

                1 error
                """,
                shell.execute("explain-model", "/demo/run", "--metric", "f1").failed(ExitCode.INPUT));
        assertEquals("""
                error: the model of /demo/images does not read the columns of a table
                   explain-model permutes columns: use it for models of tables.

                1 error
                """, shell.execute("explain-model", "/demo/images").failed(ExitCode.INPUT));
        assertEquals(
                """
                error: --repeats is 0
                   Allowed: 1 to 1000.

                1 error
                """,
                shell.execute("explain-model", "/demo/run", "--repeats", "0").failed(ExitCode.INPUT));
    }
}
