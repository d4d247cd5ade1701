package dev.chainrule.builtin.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.training.State;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EarlyStoppingHookTests {
    private static final String LOSS = "train.loss";
    private static final String ACCURACY = "validation.accuracy";
    private static final String HOPELESS = "train.loss has not improved for 2 epochs; it was best in epoch ";

    private final RecordingRun run = new RecordingRun();

    private static EarlyStoppingHook patient(int patience, double minDelta) {
        return new EarlyStoppingHook(LOSS, patience, minDelta, Optional.empty(), Optional.empty(), true);
    }

    /** Let a metric have these values and tell the hook of each; return in how many epochs it had not stopped the run. */
    private int watch(Hook hook, String metric, double... values) {
        for (int i = 0; i < values.length; i++) {
            run.epoch(metric, values[i]);
            hook.onEpochEnd();
            if (!run.stops.isEmpty()) {
                return i + 1;
            }
        }
        return values.length;
    }

    @Test
    void stop_noImprovementForPatience_namesTheBestEpoch() {
        assertEquals(4, watch(patient(2, 0).create(run), LOSS, 0.5, 0.4, 0.4, 0.45, 0.1));
        assertEquals(List.of(HOPELESS + "2, with 0.4000"), run.stops);
    }

    @Test
    void stop_improvementsBetween_countFromTheLastOne() {
        assertEquals(6, watch(patient(2, 0).create(run), LOSS, 0.5, 0.6, 0.4, 0.5, 0.3, 0.4));
        assertEquals(List.of(), run.stops);
    }

    @Test
    void stop_improvementsBelowMinDelta_areNone() {
        // 0.45 does not beat 0.5 by more than 0.1, nor does 0.41; what is compared with stays the 0.5
        assertEquals(3, watch(patient(2, 0.1).create(run), LOSS, 0.5, 0.45, 0.41, 0.1));
        assertEquals(List.of(HOPELESS + "1, with 0.5000"), run.stops);
    }

    @Test
    void stop_metricThatRises_isBetterWhereItIsMore() {
        Hook hook = new EarlyStoppingHook(ACCURACY, 1, 0, Optional.empty(), Optional.empty(), false).create(run);
        assertEquals(3, watch(hook, ACCURACY, 0.8, 0.9, 0.85));
        assertEquals(
                List.of("validation.accuracy has not improved for 1 epoch; it was best in epoch 2, with 0.9000"),
                run.stops);
    }

    @Test
    void stop_modeGiven_winsOverTheMetric() {
        Hook hook =
                new EarlyStoppingHook(LOSS, 1, 0, Optional.of(Watched.Mode.MAX), Optional.empty(), false).create(run);
        assertEquals(3, watch(hook, LOSS, 0.5, 0.6, 0.55));
    }

    @Test
    void stop_notANumber_isNeverAnImprovement() {
        assertEquals(2, watch(patient(2, 0).create(run), LOSS, Double.NaN, Double.NaN, 0.5));
        assertEquals(List.of("train.loss has not improved for 2 epochs"), run.stops);
    }

    @Test
    void stop_thresholdReached_isAtOnce() {
        Hook falling = new EarlyStoppingHook(LOSS, 9, 0, Optional.empty(), Optional.of(0.25), true).create(run);
        assertEquals(2, watch(falling, LOSS, 0.3, 0.25, 0.2));
        assertEquals(List.of("train.loss is 0.2500, which is good enough"), run.stops);
        run.stops.clear();
        Hook rising = new EarlyStoppingHook(ACCURACY, 9, 0, Optional.empty(), Optional.of(0.9), true).create(run);
        assertEquals(3, watch(rising, ACCURACY, 0.1, 0.89, 0.95));
    }

    @Test
    void model_restoreBest_isThatOfTheBestEpoch() {
        Matrix weights = weights();
        watchWeights(patient(2, 0).create(run), weights, 0.5, 0.4, 0.6);
        assertEquals(2, run.finish.get("w").get(0, 0), "of the second epoch");
        assertEquals(3, weights.get(0, 0), "which training goes on without");
    }

    @Test
    void model_notRestored_isTheLast() {
        watchWeights(
                new EarlyStoppingHook(LOSS, 2, 0, Optional.empty(), Optional.empty(), false).create(run),
                weights(),
                0.5,
                0.4,
                0.6);
        assertTrue(run.finish.isEmpty());
    }

    @Test
    void restore_atAnyEpoch_stopsAndRestoresAsIfItHadSeenAll() {
        double[] values = {0.5, 0.3, 0.4, 0.29, 0.35, 0.31, 0.1};
        for (int at = 0; at < 5; at++) {
            RecordingRun resumed = new RecordingRun();
            resumed.tensors.put("w", new DoubleMatrix(1, 1));
            Hook hook = patient(2, 0.02).create(resumed);
            int epoch = 0;
            while (resumed.stops.isEmpty()) {
                resumed.tensors.get("w").set(0, 0, epoch + 1);
                resumed.epoch(LOSS, values[epoch]);
                hook.onEpochEnd();
                if (epoch++ == at) {
                    State saved = State.of(hook);
                    hook = patient(2, 0.02).create(resumed);
                    hook.restore(saved);
                }
            }
            // 0.29 is not better than 0.3 by more than 0.02
            assertEquals(4, epoch, "restored after epoch " + (at + 1));
            assertEquals(List.of(HOPELESS + "2, with 0.3000"), resumed.stops);
            assertEquals(2, resumed.finish.get("w").get(0, 0));
        }
    }

    @Test
    void watches_isTheMetric() {
        assertEquals(List.of(LOSS), patient(1, 0).metricsUsed());
    }

    @Test
    void parameters_outOfRange_areRefused() {
        assertEquals("patience is 0", refused(0, 0, 0));
        assertEquals("minDelta is -1", refused(1, -1, 0));
        assertEquals("minDelta is .inf", refused(1, Double.POSITIVE_INFINITY, 0));
        assertEquals("threshold is .nan", refused(1, 0, Double.NaN));
    }

    private static String refused(int patience, double minDelta, double threshold) {
        return assertThrows(
                        ParameterException.class,
                        () -> new EarlyStoppingHook(
                                LOSS, patience, minDelta, Optional.empty(), Optional.of(threshold), true))
                .getMessage();
    }

    private Matrix weights() {
        Matrix weights = new DoubleMatrix(1, 1);
        run.tensors.put("w", weights);
        return weights;
    }

    /** Train a weight that is the epoch's number. */
    private void watchWeights(Hook hook, Matrix weights, double... values) {
        for (int i = 0; i < values.length; i++) {
            weights.set(0, 0, i + 1);
            watch(hook, LOSS, values[i]);
        }
    }
}
