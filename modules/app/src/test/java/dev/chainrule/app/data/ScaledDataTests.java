package dev.chainrule.app.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit of inputs and targets and the place of their zero do not change the learned model, in float32, too. */
final class ScaledDataTests {
    private static final int ROWS = 200;
    private static final int DECIMALS = 6;
    private static final int SEEDS = 5;

    private static final String CONFIG =
            Samples.LINE.replace("  batch_size", "  target_transforms: [ standardize ]\n  batch_size");

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void create() {
        shell = new Shell(folder);
    }

    /** Train with numbers times 10ᵏ for each power k, and with 10ˢ added for each shift s. */
    @Test
    void training_anyUnitAndZero_endsAlike() {
        DoubleSummaryStatistics seeds = IntStream.rangeClosed(1, SEEDS)
                .mapToDouble(seed -> error(seed, 0, BigDecimal.ZERO))
                .summaryStatistics();
        double plain = error(1, 0, BigDecimal.ZERO);
        double allowed = Math.max(0.01 * plain, seeds.getMax() - seeds.getMin());
        // The targets' standard deviation is 0.9: the compared models must have learned, or all of them would be alike.
        assertTrue(plain < 0.3, "plain " + plain);
        IntStream.rangeClosed(-12, 12)
                .forEach(power -> assertEquals(plain, error(1, power, BigDecimal.ZERO), allowed, "times 10^" + power));
        IntStream.rangeClosed(0, 9)
                .forEach(shift -> assertEquals(
                        plain, error(1, 0, BigDecimal.ONE.scaleByPowerOfTen(shift)), allowed, "plus 10^" + shift));
    }

    /** Return the mean absolute error on the test data, in units of 10ᵏ. */
    private double error(int seed, int power, BigDecimal shift) {
        Random random = new Random(8);
        StringBuilder table = new StringBuilder("a,b,y\n");
        for (int i = 0; i < ROWS; i++) {
            double a = random.nextDouble() * 4 - 2;
            double b = random.nextDouble() * 4 - 2;
            table.append(cell(a, power, shift)).append(',').append(cell(b, power, shift));
            table.append(',').append(cell(0.5 * a * b + 0.5 * a, power, shift)).append('\n');
        }
        shell.file("t.csv", table.toString()).file("t.yaml", CONFIG.replace("seed: 3", "seed: " + seed));
        shell.delete("run");
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        double mae = (Double) shell.lastJson("run/metrics.jsonl").get("test.mae");
        return BigDecimal.valueOf(mae).scaleByPowerOfTen(-power).doubleValue();
    }

    /** Write a number with all its digits. */
    private static String cell(double value, int power, BigDecimal shift) {
        return BigDecimal.valueOf(Math.round(value * 1e6), DECIMALS)
                .add(shift)
                .scaleByPowerOfTen(power)
                .toPlainString();
    }
}
