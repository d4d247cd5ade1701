package dev.chainrule.app.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.InProcess;
import dev.chainrule.engine.files.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hold configs/mazur.yaml to M. Mazur, "A Step by Step Backpropagation Example". The article prints up to nine digits; the
 * constants are those of src/test/oracle/mazur.py. 1e-9 is the article's precision: both computations agree to 1e-15 after one
 * update.
 */
class MazurTests {
    private static final double TOLERANCE = 1e-9;
    private static final double[][] HIDDEN = {
        {0.1497807161327628, 0.24975114363236958}, {0.19956143226552567, 0.29950228726473915}
    };
    private static final double[][] OUTPUT = {
        {0.35891647971788465, 0.5113012702387375}, {0.4086661860762334, 0.5613701211079891}
    };

    @Test
    void run_ofTheConfig_reproducesCostsAndWeights(@TempDir Path folder) throws IOException {
        Path run = folder.resolve("run");
        InProcess done = InProcess.run(
                InProcess.ROOT.resolve("configs/mazur.yaml").toString(), "--run-dir", run.toString(), "--threads", "1");
        assertEquals("", done.err());
        assertEquals(ExitCode.DONE, done.code());

        List<String> metrics = Files.readAllLines(run.resolve("metrics.jsonl"));
        assertEquals(10_001, metrics.size());
        assertEquals(0.2983711087600027, metric(metrics.get(0), "train.loss"), TOLERANCE);
        assertEquals(0.29102777369359933, metric(metrics.get(1), "train.loss"), TOLERANCE);
        assertEquals(3.510187782978859e-5, metric(metrics.get(10_000), "test.loss"), TOLERANCE);

        assertWeights(HIDDEN, "hidden.weights", done.out());
        assertWeights(OUTPUT, "output.weights", done.out());
        assertWeights(new double[][] {{0.35, 0.35}}, "hidden.biases", done.out());
        assertWeights(new double[][] {{0.6, 0.6}}, "output.biases", done.out());
    }

    private static double metric(String line, String name) {
        return (Double) ((Map<?, ?>) JsonReader.read(line)).get(name);
    }

    /** Compare the output of the inspect hook after the first update. */
    private static void assertWeights(double[][] expected, String parameter, String out) {
        Matcher printed = Pattern.compile("new +" + Pattern.quote(parameter) + " (\\[\\[.*]])")
                .matcher(out);
        assertTrue(printed.find(), parameter + " in:\n" + out);
        List<?> rows = (List<?>) JsonReader.read(printed.group(1));
        assertEquals(expected.length, rows.size(), parameter);
        for (int i = 0; i < expected.length; i++) {
            for (int j = 0; j < 2; j++) {
                assertEquals(expected[i][j], (Double) ((List<?>) rows.get(i)).get(j), TOLERANCE, parameter);
            }
        }
    }
}
