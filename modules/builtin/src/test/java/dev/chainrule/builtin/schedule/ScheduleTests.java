package dev.chainrule.builtin.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.Schedule;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.value.Span;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTests {
    private static final int STEPS_PER_EPOCH = 4;
    private static final int EPOCHS = 2;
    // A few roundings of values up to 1.
    private static final double EXACT = 1e-15;

    /** Return the rates of the run's eight updates. */
    private static double[] rates(Schedule schedule) {
        return IntStream.range(0, STEPS_PER_EPOCH * EPOCHS)
                .mapToDouble(step -> schedule.rate(Progress.at(step, STEPS_PER_EPOCH, EPOCHS, History.EMPTY)))
                .toArray();
    }

    private static void assertRates(Schedule schedule, double... expected) {
        assertArrayEquals(expected, rates(schedule), EXACT);
    }

    @Test
    void constant_always_isItsValue() {
        assertRates(new ConstantRate(0.3), 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3);
    }

    @Test
    void step_inSteps_dropsAgainAndAgain() {
        assertRates(new StepRate(1, 0.5, Span.parse("3 steps")), 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25);
    }

    @Test
    void step_inEpochs_dropsWithTheEpoch() {
        assertRates(new StepRate(0.2, 0.1, Span.parse("1 epoch")), 0.2, 0.2, 0.2, 0.2, 0.02, 0.02, 0.02, 0.02);
    }

    @Test
    void cosine_overTheRun_fallsAlongHalfAWave() {
        double low = Math.sqrt(0.5);
        assertRates(
                new CosineRate(1, 0, Optional.empty()),
                1,
                (1 + Math.cos(Math.PI / 8)) / 2,
                (1 + low) / 2,
                (1 + Math.cos(3 * Math.PI / 8)) / 2,
                0.5,
                (1 - Math.cos(3 * Math.PI / 8)) / 2,
                (1 - low) / 2,
                (1 - Math.cos(Math.PI / 8)) / 2);
    }

    @Test
    void cosine_overASpan_staysAtItsEnd() {
        assertRates(
                new CosineRate(0.5, 0.1, Optional.of(Span.parse("2 steps"))), 0.5, 0.3, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1);
    }

    @Test
    void warmup_toAConstant_risesEvenly() {
        assertRates(new Warmup(Span.parse("1 epoch"), new ConstantRate(0.8), 0), 0, 0.2, 0.4, 0.6, 0.8, 0.8, 0.8, 0.8);
    }

    @Test
    void warmup_fromARate_startsThere() {
        assertRates(
                new Warmup(Span.parse("2 steps"), new ConstantRate(0.8), 0.4), 0.4, 0.6, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8);
    }

    @Test
    void warmup_toASchedule_meetsItWhereItIsThen() {
        Schedule then = new StepRate(1, 0.5, Span.parse("2 steps"));
        // At step 4 the step schedule, counted from the run's start, has dropped twice: 0.25.
        assertRates(new Warmup(Span.parse("4 steps"), then, 0), 0, 0.0625, 0.125, 0.1875, 0.25, 0.25, 0.125, 0.125);
    }

    @Test
    void rates_outsideTheirRange_areRefused() {
        Span span = Span.parse("1 epoch");
        assertRefused("value is -0.1", "a finite number, 0 or more", () -> new ConstantRate(-0.1));
        assertRefused("value is .nan", "a finite number, 0 or more", () -> new ConstantRate(Double.NaN));
        assertRefused("from is .inf", "a finite number, 0 or more", () -> new StepRate(1.0 / 0, 0.5, span));
        assertRefused("factor is 0", "above 0, at most 1", () -> new StepRate(1, 0, span));
        assertRefused("factor is 2", "above 0, at most 1", () -> new StepRate(1, 2, span));
        assertRefused("to is -1", "a finite number, 0 or more", () -> new CosineRate(1, -1, Optional.empty()));
        assertRefused("from is -1", "a finite number, 0 or more", () -> new Warmup(span, new ConstantRate(1), -1));
    }

    private static void assertRefused(String message, String allowed, Runnable create) {
        ParameterException problem = assertThrows(ParameterException.class, create::run);
        assertEquals(message, problem.getMessage());
        assertEquals(allowed, problem.allowed());
    }
}
