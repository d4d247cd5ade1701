package dev.chainrule.app.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.math.Numbers;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inputs that differ in digits that float32 does not have: times, coordinates, numbers of documents. */
final class LargeInputsTests {
    private static final int ROWS = 200;

    @TempDir
    private Path folder;

    /** Unix seconds within minutes, milliseconds, a northing in metres, years with days, Julian dates, numbers of orders. */
    @ParameterizedTest
    @CsvSource({
        "1.7e9, 2.5",
        "1.7e12, 2000",
        "5312345.5, 0.01",
        "2024, 1e-5",
        "2460000.5, 0.001",
        "9007199254740000, 4",
        "-1.7e9, 2.5"
    })
    void run_standardizedInputsFarFromZero_learnsInFloat32AsInFloat64(double first, double step) {
        assertLearns(first, step, "[ standardize ]");
    }

    @Test
    void run_offsetByHand_keepsTheDigitsThatDiffer() {
        assertLearns(1.7e9, 2.5, "[ { type: scale, by: 0.004, offset: -6800001 } ]");
        assertLearns(1.7e9, 2.5, "[ { type: scale, by: 0.01 }, standardize, { type: scale, by: 0.5 } ]");
    }

    /** The inputs have the same line: so the error is that of the network, not of the digits that are left. */
    private void assertLearns(double first, double step, String transforms) {
        Shell shell = new Shell(folder);
        shell.file(
                "t.csv",
                IntStream.range(0, ROWS)
                        .mapToObj(i -> Numbers.format(first + i * step) + "," + Numbers.format(i / 50.0))
                        .collect(Collectors.joining("\n", "x,y\n", "\n")));
        shell.file("c.yaml", Samples.LINE.replace("[ standardize ]", transforms));
        double narrow = mae(shell, "float32");
        double wide = mae(shell, "float64");
        assertEquals(wide, narrow, 0.02 * wide + 0.001);
        assertTrue(wide < 0.1, Numbers.format(wide));
    }

    private static double mae(Shell shell, String precision) {
        shell.delete("run");
        shell.execute("run", "/demo/c.yaml", "--set", "precision=" + precision, "--run-dir", "/demo/run");
        return (Double) shell.lastJson("run/metrics.jsonl").get("test.mae");
    }
}
