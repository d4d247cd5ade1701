package dev.chainrule.app.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test that whoever learns class numbers as numbers is told of {@code categorical}, and nobody else. */
final class ClassNumbersTests {
    private static final String HINT = "If 'y' contains class numbers, write categorical: [ y ] in data.train.";

    @TempDir
    private Path folder;

    @Test
    void validate_classNumbersWithSoftmax_namesCategoricalInEveryError() {
        String err = errors("target: y", 2, "softmax", "cross_entropy", "accuracy", i -> i % 2);
        assertEquals(2, count(err, "error: "), err);
        assertEquals(2, count(err, HINT), err);
        assertEquals(
                2, count(errors("target: y", 2, "softmax", "cross_entropy", "accuracy", i -> 2 * (i % 2) - 1), HINT));
        assertEquals(2, count(errors("target: y", 20, "softmax", "cross_entropy", "accuracy", i -> i % 20), HINT));
    }

    @Test
    void validate_classNumbersWithDefaultMetrics_namesCategoricalBeforeTheWidth() {
        String err = errors("target: y", 3, "softmax", "cross_entropy", "mse", i -> i % 3);
        assertTrue(err.contains(HINT + " Give the last layer units: 1.") || err.contains(HINT + "\n   Give"), err);
    }

    @Test
    void validate_classNumbersWithOtherLosses_namesCategorical() {
        assertTrue(errors("target: y", 1, "identity", "quadratic", "accuracy", i -> i % 2)
                .contains(HINT));
        assertTrue(errors("target: y", 1, "sigmoid", "binary_cross_entropy", "accuracy", i -> i % 2)
                .contains(HINT));
        assertTrue(errors("target: y", 1, "sigmoid", "binary_cross_entropy", "mae", i -> 2 * (i % 2) - 1)
                .contains(HINT));
    }

    @Test
    void validate_valuesThatAreNoClassNumbers_doesNotNameCategorical() {
        assertFree(errors("target: y", 2, "softmax", "cross_entropy", "accuracy", i -> (i % 2) / 2.0));
        assertFree(errors("target: y", 2, "softmax", "cross_entropy", "accuracy", i -> 100 + i));
        assertFree(errors("targets: [ y, a ]", 2, "softmax", "cross_entropy", "accuracy", i -> i % 2));
        assertFree(errors("target: y, categorical: [ y ]", 3, "softmax", "cross_entropy", "accuracy", i -> i % 2));
    }

    private static void assertFree(String err) {
        assertTrue(err.contains("error: ") && !err.contains("categorical: ["), err);
    }

    private String errors(
            String target, int units, String activation, String loss, String metric, IntFunction<Object> y) {
        StringBuilder table = new StringBuilder("a,b,y\n");
        for (int i = 0; i < 60; i++) {
            table.append(i % 7)
                    .append(',')
                    .append(i % 5)
                    .append(',')
                    .append(y.apply(i))
                    .append('\n');
        }
        return new Shell(folder)
                .file("t.csv", table.toString())
                .file(
                        "config.yaml",
                        "data: { train: { type: csv, file: t.csv, " + target + " } }\n"
                                + "model: [ { type: dense, units: " + units + ", activation: " + activation + " } ]\n"
                                + "loss: " + loss + "\nmetrics: [ " + metric + " ]\n"
                                + "optimizer: { type: adam, learning_rate: 0.01 }\n")
                .execute("validate", "/demo/config.yaml")
                .failed(ExitCode.INPUT)
                .replace("categorical: [ y ] }", "");
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
