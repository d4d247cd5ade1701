package dev.chainrule.app.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The curves of six examples, two of which have the same score. By descending score, the classes are 1, 0 and 1, 1, 0, 0. */
final class ThresholdCurvesTests {
    /** A few roundings of numbers up to 1. */
    private static final double ROUNDING = 1e-15;

    private static final double[] SCORES = {0.15, 0.6, 0.9, 0.35, 0.6, 0.05};
    private static final int[] TRUTHS = {0, 1, 1, 1, 0, 0};

    private final ThresholdCurves curves = ThresholdCurves.of("yes", SCORES, TRUTHS);

    @Test
    void roc_ofTies_risesAndRunsAtOnce() {
        assertArrayEquals(
                new double[] {0, 0, 1 / 3.0, 1 / 3.0, 2 / 3.0, 1}, curves.roc().x(), ROUNDING);
        assertArrayEquals(
                new double[] {0, 1 / 3.0, 2 / 3.0, 1, 1, 1}, curves.roc().y(), ROUNDING);
    }

    /** The area is the share of the pairs of a positive and a negative example in the right order; the tie counts half. */
    @Test
    void area_anyScores_isTheShareOfOrderedPairs() {
        double pairs = IntStream.range(0, 6)
                .filter(i -> TRUTHS[i] == 1)
                .mapToDouble(i -> IntStream.range(0, 6)
                        .filter(k -> TRUTHS[k] == 0)
                        .mapToDouble(k -> SCORES[i] > SCORES[k] ? 1 : SCORES[i] == SCORES[k] ? 0.5 : 0)
                        .sum())
                .sum();
        assertEquals(7.5, pairs);
        assertEquals(pairs / 9, curves.area(), ROUNDING);
    }

    @Test
    void precision_byRecall_isThatOfEachThreshold() {
        assertArrayEquals(
                new double[] {1 / 3.0, 2 / 3.0, 1, 1, 1}, curves.precision().x(), ROUNDING);
        assertArrayEquals(
                new double[] {1, 2 / 3.0, 3 / 4.0, 3 / 5.0, 1 / 2.0},
                curves.precision().y(),
                ROUNDING);
        assertEquals((1 + 2 / 3.0 + 3 / 4.0) / 3, curves.averagePrecision(), ROUNDING);
    }

    @Test
    void calibration_tenthsWithExamples_haveMeanAndShare() {
        assertArrayEquals(
                new double[] {0.05, 0.15, 0.35, 0.6, 0.9}, curves.calibration().x(), ROUNDING);
        assertArrayEquals(new double[] {0, 0, 1, 0.5, 1}, curves.calibration().y(), ROUNDING);
    }
}
