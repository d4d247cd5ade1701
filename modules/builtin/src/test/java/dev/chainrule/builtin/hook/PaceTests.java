package dev.chainrule.builtin.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PaceTests {
    private static final long MILLI = 1_000_000;

    private final Pace pace = new Pace();
    private long now = 7;
    private long step;

    private void steps(int count, long nanos) {
        for (int i = 0; i < count; i++) {
            now += nanos;
            pace.step(now, ++step);
        }
    }

    @Test
    void nanosPerStep_evenSteps_isTheirTime() {
        pace.begin(now, 0);
        assertEquals(0, pace.nanosPerStep(now, 0));
        steps(1, 10 * MILLI);
        assertEquals(10 * MILLI, pace.nanosPerStep(now, step), 1);
        steps(5_000, 10 * MILLI);
        assertEquals(10 * MILLI, pace.nanosPerStep(now, step), 1);
    }

    @Test
    void nanosPerStep_slowBeginning_isSoonForgotten() {
        pace.begin(now, 0);
        steps(10, 100 * MILLI); // 1 s of a cold JVM
        steps(200, 5 * MILLI); // 1 s of a warm one
        double mean = (double) (now - 7) / step;
        assertTrue(mean > 9 * MILLI, "as a mean since the beginning would be");
        assertEquals(5 * MILLI, pace.nanosPerStep(now, step), MILLI);
    }

    @Test
    void nanosPerStep_slowedDown_followsWithinSeconds() {
        pace.begin(now, 0);
        steps(10_000, MILLI);
        steps(300, 20 * MILLI);
        assertEquals(20 * MILLI, pace.nanosPerStep(now, step), MILLI);
    }

    @Test
    void pause_ofAnEvaluation_isLeftOut() {
        pace.begin(now, 0);
        for (int epoch = 0; epoch < 50; epoch++) {
            steps(20, 10 * MILLI);
            now += 1_000 * MILLI;
            pace.pause(1_000 * MILLI);
        }
        assertEquals(10 * MILLI, pace.nanosPerStep(now, step), 1);
    }

    @Test
    void step_manyAndQuick_keepsEnoughMarks() {
        pace.begin(now, 0);
        steps(3_000_000, MILLI / 100);
        assertEquals(MILLI / 100.0, pace.nanosPerStep(now, step), 1);
    }
}
