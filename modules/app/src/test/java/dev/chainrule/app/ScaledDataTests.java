package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.engine.files.JsonReader;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit of inputs and targets and the place of their zero change nothing of what is learned, in float32 too. */
final class ScaledDataTests {
    private static final int ROWS = 200;
    private static final int DECIMALS = 6;
    private static final int SEEDS = 5;

    private static final String CONFIG = """
            seed: %d
            data:
              train: { type: csv, file: t.csv, target: y }
              test: { fraction: 0.2 }
              transforms: [ standardize ]
              target_transforms: [ standardize ]
              batch_size: 16
            model:
              - { type: dense, units: 16, activation: relu, weights: he_normal }
              - { type: dense, units: 1 }
            loss: quadratic
            optimizer: { type: adam, learning_rate: { type: cosine, from: 0.01 } }
            training: { epochs: 20 }
            hooks: []
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void create() {
        shell = new Shell(folder);
    }

    @Test
    void training_someUnitsAndZeros_endsAlike() {
        assertAlike(IntStream.of(-12, -5, 4, 12), IntStream.of(3, 9));
    }

    @Test
    @Tag("proof")
    void training_anyUnitAndZero_endsAlike() {
        assertAlike(IntStream.rangeClosed(-12, 12), IntStream.rangeClosed(0, 9));
    }

    /** Train with numbers times 10ᵏ for each power, and with 10ˢ added for each shift. */
    private void assertAlike(IntStream powers, IntStream shifts) {
        DoubleSummaryStatistics seeds = IntStream.rangeClosed(1, SEEDS)
                .mapToDouble(seed -> error(seed, 0, BigDecimal.ZERO))
                .summaryStatistics();
        double plain = error(1, 0, BigDecimal.ZERO);
        double allowed = Math.max(0.01 * plain, seeds.getMax() - seeds.getMin());
        // The targets' standard deviation is 0.9: what is compared must be learned, or everything would be alike.
        assertTrue(plain < 0.3, "plain " + plain);
        powers.forEach(power -> assertEquals(plain, error(1, power, BigDecimal.ZERO), allowed, "times 10^" + power));
        shifts.forEach(shift ->
                assertEquals(plain, error(1, 0, BigDecimal.ONE.scaleByPowerOfTen(shift)), allowed, "plus 10^" + shift));
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
        shell.file("t.csv", table.toString()).file("t.yaml", CONFIG.formatted(seed));
        shell.delete("run");
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        List<String> lines = shell.text("run/metrics.jsonl").lines().toList();
        Object mae = ((Map<?, ?>) JsonReader.read(lines.get(lines.size() - 1))).get("test.mae");
        return BigDecimal.valueOf((Double) mae).scaleByPowerOfTen(-power).doubleValue();
    }

    /** Write a number with all its digits. */
    private static String cell(double value, int power, BigDecimal shift) {
        return BigDecimal.valueOf(Math.round(value * 1e6), DECIMALS)
                .add(shift)
                .scaleByPowerOfTen(power)
                .toPlainString();
    }
}
