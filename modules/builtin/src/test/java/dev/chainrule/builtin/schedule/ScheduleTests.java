package dev.chainrule.builtin.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.Schedule;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.value.Span;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    void cosineRestarts_growing_beginsEachWaveLower() {
        double third = (1 + Math.cos(Math.PI / 4)) / 2;
        double last = (1 - Math.cos(Math.PI / 4)) / 2;
        // Waves of 2, 4 and 8 steps, from 1, 0.5 and 0.25.
        assertRates(
                new CosineRestartsRate(1, Span.parse("2 steps"), 0, 2, 0.5),
                1,
                0.5,
                0.5,
                third / 2,
                0.25,
                last / 2,
                0.25,
                (1 + Math.cos(Math.PI / 8)) / 8);
    }

    @Test
    void cosineRestarts_ofOneLength_repeats() {
        assertRates(new CosineRestartsRate(1, Span.parse("2 steps"), 0.5, 1, 1), 1, 0.75, 1, 0.75, 1, 0.75, 1, 0.75);
        // A peak of 0.25 is below the end of 0.5.
        assertRates(
                new CosineRestartsRate(1, Span.parse("1 epoch"), 0.5, 1, 0.25),
                1,
                0.5 + (1 + Math.sqrt(0.5)) / 4,
                0.75,
                0.5 + (1 - Math.sqrt(0.5)) / 4,
                0.5,
                0.5,
                0.5,
                0.5);
    }

    @Test
    void exponential_inEpochs_fallsByTheFactorInEach() {
        double root = Math.sqrt(0.25);
        assertRates(
                new ExponentialRate(1, 0.25, Span.parse("1 epoch")),
                1,
                Math.sqrt(root),
                root,
                Math.sqrt(root) * root,
                0.25,
                0.25 * Math.sqrt(root),
                0.125,
                0.125 * Math.sqrt(root));
    }

    @Test
    void inverseTime_inSteps_dividesByOnePlusTime() {
        assertRates(
                new InverseTimeRate(1, Span.parse("2 steps"), 2),
                1,
                1 / 2.0,
                1 / 3.0,
                1 / 4.0,
                0.2,
                1 / 6.0,
                1 / 7.0,
                0.125);
    }

    @Test
    void linear_overASpan_staysAtItsEnd() {
        assertRates(
                new LinearRate(0.5, 0.1, Optional.of(Span.parse("1 epoch"))), 0.5, 0.4, 0.3, 0.2, 0.1, 0.1, 0.1, 0.1);
        assertRates(new LinearRate(0.8, 0, Optional.empty()), 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1);
    }

    @Test
    void polynomial_ofPowerTwo_fallsAlongAParabola() {
        assertRates(
                new PolynomialRate(1.5, 0.5, 2, Optional.of(Span.parse("4 steps"))),
                1.5,
                0.5 + 9 / 16.0,
                0.75,
                0.5 + 1 / 16.0,
                0.5,
                0.5,
                0.5,
                0.5);
    }

    @Test
    void piecewise_ofNumbersAndASchedule_switchesAtEachPlace() {
        Schedule line = new LinearRate(0.8, 0, Optional.empty());
        List<Span> at = List.of(Span.parse("2 steps"), Span.parse("5 steps"));
        assertRates(
                new PiecewiseRate(List.of(new ConstantRate(1), line, new ConstantRate(0)), at),
                1,
                1,
                0.6,
                0.5,
                0.4,
                0,
                0,
                0);
    }

    @Test
    void oneCycle_overTheRun_risesThenFalls() {
        assertRates(
                new OneCycleRate(2, 0.25, 0.5, 0.1, Optional.empty()),
                1,
                1.5,
                2,
                0.2 + 0.9 * (1 + Math.sqrt(0.75)),
                1.55,
                1.1,
                0.65,
                0.2 + 0.9 * (1 - Math.sqrt(0.75)));
        assertRates(
                new OneCycleRate(2, 0.5, 0, 0.1, Optional.of(Span.parse("4 steps"))), 0, 1, 2, 1.1, 0.2, 0.2, 0.2, 0.2);
    }

    @Test
    void plateau_ofEpochsWithoutImprovement_lowersTheRate() {
        PlateauRate schedule = new PlateauRate(0.8, "validation.loss", 2, 0.5, 0.3, 0.1, Optional.empty());
        assertEquals(List.of("validation.loss"), schedule.metricsUsed());
        // 0.95 is not better than 1 by 0.1, nor is 2: a plateau. NaN and 0.91 are the next one, 0.85 is better.
        double[] losses = {1, 0.95, 2, Double.NaN, 0.91, 0.85, 9};
        double[] expected = {0.8, 0.8, 0.8, 0.4, 0.4, 0.3, 0.3, 0.3};
        for (int epochs = 0; epochs <= losses.length; epochs++) {
            History history =
                    new Recorded(Arrays.stream(losses).limit(epochs).boxed().toList());
            assertEquals(expected[epochs], schedule.rate(Progress.at(4L * epochs, 4, 20, history)), EXACT);
        }
    }

    @Test
    void plateau_ofAnAccuracy_waitsForHigherValues() {
        PlateauRate schedule =
                new PlateauRate(1, "validation.accuracy", 1, 0.5, 0, 0, Optional.of(PlateauRate.Better.MAX));
        History history = new Recorded(List.of(0.5, 0.6, 0.6));
        assertEquals(0.5, schedule.rate(Progress.at(12, 4, 20, history)), EXACT);
    }

    /** The history of one metric, whatever its name. */
    private record Recorded(List<Double> recorded) implements History {
        @Override
        public Set<String> metrics() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Double> values(String metric) {
            return recorded;
        }
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
        assertRefused("growth is 0", "1 or more", () -> new CosineRestartsRate(1, span, 0, 0, 1));
        assertRefused("factor is 2", "above 0, at most 1", () -> new ExponentialRate(1, 2, span));
        assertRefused("decay is -1", "a finite number, 0 or more", () -> new InverseTimeRate(1, span, -1));
        assertRefused("power is 0", "a finite number above 0", () -> new PolynomialRate(1, 0, 0, Optional.empty()));
        assertRefused("rise is 1", "above 0 and below 1", () -> new OneCycleRate(1, 1, 0, 0, Optional.empty()));
        assertRefused("from is 2", "from 0 to 1", () -> new OneCycleRate(1, 0.5, 2, 0, Optional.empty()));
        assertRefused(
                "rates is a list of 1",
                "a list of 2, one longer than at",
                () -> new PiecewiseRate(List.of(new ConstantRate(1)), List.of(span)));
        List<Schedule> three = List.of(new ConstantRate(1), new ConstantRate(2), new ConstantRate(3));
        assertRefused(
                "at[1] is 9 steps",
                "a point after 1 epoch, in the same unit",
                () -> new PiecewiseRate(three, List.of(span, Span.parse("9 steps"))));
        assertRefused(
                "at[1] is 1 epoch",
                "a point after 1 epoch, in the same unit",
                () -> new PiecewiseRate(three, List.of(span, span)));
        assertRefused(
                "to is 2", "0 or more, at most from", () -> new PlateauRate(1, "loss", 1, 1, 2, 0, Optional.empty()));
        assertRefused(
                "mode is not given, and test.f1 is not a loss",
                "min if a lower value is better, max if a higher one is",
                () -> new PlateauRate(1, "test.f1", 1, 1, 0, 0, Optional.empty()));
        assertRefused("from is -1", "a finite number, 0 or more", () -> new Warmup(span, new ConstantRate(1), -1));
    }

    private static void assertRefused(String message, String allowed, Runnable create) {
        ParameterException problem = assertThrows(ParameterException.class, create::run);
        assertEquals(message, problem.getMessage());
        assertEquals(allowed, problem.allowed());
    }
}
