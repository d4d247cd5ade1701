package dev.chainrule.builtin.optimizer;

import static dev.chainrule.model.testing.Matrices.FLOAT32;
import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.random;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.training.State;
import dev.chainrule.builtin.schedule.ConstantRate;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptimizerTests {
    private static final Schedule RATE = new ConstantRate(0.1);
    // Some ten operations in float64, on values near 1.
    private static final double EXACT = 1e-15;

    private static Parameter parameter(Kernels kernels, String name, double value) {
        return new Parameter(name, of(kernels, row(value)), of(kernels, row(0)));
    }

    /** Return w after updates with these gradients, from w = 1 at η = 0.1. */
    private static double train(OptimizerSpec spec, Kernels kernels, double... gradients) {
        Parameter w = parameter(kernels, "dense_1.weights", 1);
        Optimizer optimizer = spec.create(List.of(w), kernels);
        for (int step = 0; step < gradients.length; step++) {
            w.gradient().set(0, 0, gradients[step]);
            optimizer.update(step, 0.1);
        }
        return w.value().get(0, 0);
    }

    private static void assertSteps(OptimizerSpec spec, double afterOne, double afterTwo) {
        assertEquals(afterOne, train(spec, FLOAT64, 2), EXACT);
        assertEquals(afterTwo, train(spec, FLOAT64, 2, -1), EXACT);
        // A few roundings of 6e-8 near 1.
        assertEquals(afterTwo, train(spec, FLOAT32, 2, -1), 3e-7);
    }

    @Test
    void sgd_plain_followsTheGradient() {
        assertSteps(new Sgd(RATE, 0, false), 1 - 0.2, 1 - 0.2 + 0.1);
    }

    @Test
    void sgd_withMomentum_followsTheVelocity() {
        // v: 2, then 0.5·2 − 1 = 0.
        assertSteps(new Sgd(RATE, 0.5, false), 0.8, 0.8);
    }

    @Test
    void sgd_withNesterov_looksAhead() {
        // v: 2, direction 0.5·2 + 2 = 3; then v = 0, direction 0.5·0 − 1 = −1.
        assertSteps(new Sgd(RATE, 0.5, true), 0.7, 0.8);
    }

    @Test
    void rmsprop_dividesByTheRootMeanSquare() {
        // s: 0.25·4 = 1, then 0.75·1 + 0.25·1 = 1. With epsilon 1 the divisor is 2 both times.
        assertSteps(new Rmsprop(RATE, 0.75, 1), 1 - 0.1 * 2 / 2, 0.9 + 0.1 / 2);
    }

    @Test
    void adam_correctsBothMeans() {
        // t = 1: m = 1, v = 1, m̂ = 1/0.5 = 2, v̂ = 1/0.25 = 4, divisor 2 + 1 = 3.
        double first = 1 - 0.1 * 2 / 3;
        // t = 2: m = 0.5 − 0.5 = 0, so w stays; checked with another gradient below.
        assertSteps(new Adam(RATE, 0.5, 0.75, 1), first, first);
        // t = 2, g = 1: m = 1, v = 0.75 + 0.25 = 1, m̂ = 1/0.75, v̂ = 1/0.4375.
        double second = first - 0.1 * (1 / 0.75) / (Math.sqrt(1 / 0.4375) + 1);
        assertEquals(second, train(new Adam(RATE, 0.5, 0.75, 1), FLOAT64, 2, 1), EXACT);
    }

    @Test
    void adamw_shrinksWeightsApartFromTheGradient() {
        // As Adam, from 0.95·w, since 1 − 0.1·0.5 is 0.95; at t = 2, m is 0.
        double first = 0.95 - 0.1 * 2 / 3;
        assertSteps(new AdamW(RATE, 0.5, 0.75, 1, 0.5), first, 0.95 * first);
    }

    @Test
    void nadam_looksAhead() {
        // t = 1: m = 1, v̂ = 4; 0.5·1/(1 − 0.25) + 0.5·2/0.5 = 2/3 + 2.
        double first = 1 - 0.1 * (8 / 3.0) / 3;
        // t = 2: m = 0, v = 0.75 + 0.25, v̂ = 1/0.4375; 0.5·(−1)/0.75.
        double second = first + 0.1 * (2 / 3.0) / (Math.sqrt(1 / 0.4375) + 1);
        assertSteps(new Nadam(RATE, 0.5, 0.75, 1), first, second);
    }

    @Test
    void adamax_dividesByTheLargestMagnitude() {
        // t = 1: m̂ = 2, u = 2. t = 2, g = −1: m = 0.
        assertSteps(new Adamax(RATE, 0.5, 0.75, 1), 1 - 0.1 * 2 / 3, 1 - 0.1 * 2 / 3);
        // t = 2, g = 1: m̂ = 1/0.75, u = 0.75·2.
        assertEquals(1 - 0.1 * 2 / 3 - 0.1 / 0.75 / 2.5, train(new Adamax(RATE, 0.5, 0.75, 1), FLOAT64, 2, 1), EXACT);
    }

    @Test
    void amsgrad_keepsTheLargestMean() {
        // t = 1: v = 4·0.25 = 1. t = 2, g = 0: v = 0.75, but u stays 1; m = 0.5.
        double first = 1 - 0.1 * 2 / 3;
        double second = first - 0.1 * (0.5 / 0.75) / (1 / Math.sqrt(0.4375) + 1);
        assertEquals(second, train(new AmsGrad(RATE, 0.5, 0.75, 1), FLOAT64, 2, 0), EXACT);
        assertSteps(new AmsGrad(RATE, 0.5, 0.75, 1), first, first);
    }

    @Test
    void radam_beginsWithPlainMomentumAndThenAdapts() {
        // ρ∞ = 199, ρ is below 5 up to t = 5.
        Radam spec = new Radam(RATE, 0, 0.99, 1e-8);
        assertEquals(1 - 0.1 * 3, train(spec, FLOAT64, 1, 1, 1), EXACT);
        double p = StrictMath.pow(0.99, 6);
        double length = 199 - 12 * p / (1 - p);
        double factor = Math.sqrt((length - 4) * (length - 2) * 199 / (195 * 197 * length));
        // 1e-8 beside 1, and a few thousand times the rounding of 1 − p.
        assertEquals(0.5 - 0.1 * factor, train(spec, FLOAT64, 1, 1, 1, 1, 1, 1), 1e-8);
    }

    @Test
    void adagrad_dividesByTheRootOfTheSum() {
        // s: 4, then 5.
        assertSteps(new Adagrad(RATE, 1), 1 - 0.1 * 2 / 3, 1 - 0.1 * 2 / 3 + 0.1 / (Math.sqrt(5) + 1));
    }

    @Test
    void adadelta_takesTheUnitOfThePastUpdates() {
        // s = 0.25·4 = 1, x = √1/√2·2, d = 0.25·2.
        double first = 1 - 0.1 * Math.sqrt(2);
        // s = 0.75 + 0.25, x = −√1.5/√2.
        assertSteps(new Adadelta(RATE, 0.75, 1), first, first + 0.1 * Math.sqrt(0.75));
    }

    @Test
    void lion_movesByTheRate() {
        // m: 0, then 0.5·2 = 1. Directions: 0.5·2 > 0; 0.5·1 − 0.5·1 = 0, whose sign is 0.
        assertSteps(new Lion(RATE, 0.5, 0.5, 0), 0.9, 0.9);
        assertSteps(new Lion(RATE, 0.25, 0.5, 1), 0.9 - 0.1, 0.9 * 0.8 + 0.1);
    }

    @Test
    void lamb_movesByTheSizeOfTheParameter() {
        // r = 2/(2 + 1) + 0.5·1, and ‖w‖/‖r‖·r is w itself, for a single weight.
        assertSteps(new Lamb(RATE, 0.5, 0.75, 1, 0.5), 0.9, 0.81);
        Parameter w = new Parameter("w", of(FLOAT64, row(3, 0)), of(FLOAT64, row(1, -1)));
        new Lamb(RATE, 0, 0, 1, 0).create(List.of(w), FLOAT64).update(0, 0.1);
        // r = (½, −½), ‖w‖/‖r‖ = 3√2.
        assertEquals(3 - 0.15 * Math.sqrt(2), w.value().get(0, 0), EXACT);
        assertEquals(0.15 * Math.sqrt(2), w.value().get(0, 1), EXACT);
    }

    @Test
    void lamb_ofZeros_movesByTheDirection() {
        Parameter w = parameter(FLOAT64, "w", 0);
        w.gradient().set(0, 0, 1);
        new Lamb(RATE, 0, 0, 1, 0).create(List.of(w), FLOAT64).update(0, 0.1);
        assertEquals(-0.05, w.value().get(0, 0), EXACT);
    }

    @ParameterizedTest
    @EnumSource
    void updates_ofEach_roundEveryOperationOnce(Precision precision) {
        Rounding r = new Rounding(precision);
        double rate = 0.1;
        double decay = 0.9;
        double slow = 0.999;
        assertUpdates(precision, new Sgd(RATE, 0, false), (w, g, s, step) -> r.fma(-rate, g, w));
        assertUpdates(precision, new Sgd(RATE, decay, false), (w, g, s, step) -> {
            s[0] = r.fma(decay, s[0], g);
            return r.fma(-rate, s[0], w);
        });
        assertUpdates(precision, new Sgd(RATE, decay, true), (w, g, s, step) -> {
            s[0] = r.fma(decay, s[0], g);
            return r.fma(-rate, r.fma(decay, s[0], g), w);
        });
        assertUpdates(precision, new Rmsprop(RATE, decay, 1e-7), (w, g, s, step) -> {
            s[0] = r.fma(1 - decay, r.of(g * g), r.of(r.of(decay) * s[0]));
            double divisor = r.of(r.of(Math.sqrt(s[0])) + r.of(1e-7));
            return r.of(w - r.of(r.of(r.of(rate) * g) / divisor));
        });
        assertUpdates(precision, new Adam(RATE, decay, slow, 1e-7), (w, g, s, step) -> {
            s[0] = r.fma(1 - decay, g, r.of(r.of(decay) * s[0]));
            s[1] = r.fma(1 - slow, r.of(g * g), r.of(r.of(slow) * s[1]));
            double corrected = r.of(rate / (1 - StrictMath.pow(decay, step + 1)));
            double root = r.of(Math.sqrt(1 - StrictMath.pow(slow, step + 1)));
            double divisor = r.of(r.of(r.of(Math.sqrt(s[1])) / root) + r.of(1e-7));
            return r.of(w - r.of(r.of(corrected * s[0]) / divisor));
        });
        assertUpdates(precision, new AdamW(RATE, decay, slow, 1e-7, 0.3), (w, g, s, step) -> {
            double move = r.of(r.of(r.of(rate / (1 - StrictMath.pow(decay, step + 1))) * r.mean(decay, s, 0, g))
                    / r.divisor(slow, s, g, step));
            return r.of(r.of(r.of(1 - rate * 0.3) * w) - move);
        });
        assertUpdates(precision, new Nadam(RATE, decay, slow, 1e-7), (w, g, s, step) -> {
            double now = r.of((1 - decay) * (rate / (1 - StrictMath.pow(decay, step + 1))));
            double ahead = decay * rate / (1 - StrictMath.pow(decay, step + 2));
            double sum = r.fma(ahead, r.mean(decay, s, 0, g), r.of(now * g));
            return r.of(w - r.of(sum / r.divisor(slow, s, g, step)));
        });
        assertUpdates(precision, new Adamax(RATE, decay, slow, 1e-7), (w, g, s, step) -> {
            double move = r.of(r.of(rate / (1 - StrictMath.pow(decay, step + 1))) * r.mean(decay, s, 0, g));
            s[1] = Math.max(r.of(r.of(slow) * s[1]), Math.abs(g));
            return r.of(w - r.of(move / r.of(s[1] + r.of(1e-7))));
        });
        assertUpdates(precision, new AmsGrad(RATE, decay, slow, 1e-7), (w, g, s, step) -> {
            double move = r.of(r.of(rate / (1 - StrictMath.pow(decay, step + 1))) * r.mean(decay, s, 0, g));
            s[1] = r.fma(1 - slow, r.of(g * g), r.of(r.of(slow) * s[1]));
            s[2] = Math.max(s[2], s[1]);
            double root = r.of(Math.sqrt(1 - StrictMath.pow(slow, step + 1)));
            return r.of(w - r.of(move / r.of(r.of(r.of(Math.sqrt(s[2])) / root) + r.of(1e-7))));
        });
        assertUpdates(precision, new Radam(RATE, decay, slow, 1e-7), (w, g, s, step) -> {
            double move = r.of(r.of(rate / (1 - StrictMath.pow(decay, step + 1))) * r.mean(decay, s, 0, g));
            return r.of(w - move); // the first four updates do not adapt
        });
        assertUpdates(precision, new Adagrad(RATE, 1e-7), (w, g, s, step) -> {
            s[0] = r.fma(g, g, s[0]);
            return r.of(w - r.of(r.of(r.of(rate) * g) / r.of(r.of(Math.sqrt(s[0])) + r.of(1e-7))));
        });
        assertUpdates(precision, new Adadelta(RATE, decay, 1e-6), (w, g, s, step) -> {
            s[0] = r.fma(1 - decay, r.of(g * g), r.of(r.of(decay) * s[0]));
            double above = r.of(Math.sqrt(r.of(s[1] + r.of(1e-6))));
            double move = r.of(r.of(above / r.of(Math.sqrt(r.of(s[0] + r.of(1e-6))))) * g);
            s[1] = r.fma(1 - decay, r.of(move * move), r.of(r.of(decay) * s[1]));
            return r.fma(-rate, move, w);
        });
        assertUpdates(precision, new Lion(RATE, decay, slow, 0.3), (w, g, s, step) -> {
            double sign = Math.signum(r.fma(1 - decay, g, r.of(r.of(decay) * s[0])));
            s[0] = r.fma(1 - slow, g, r.of(r.of(slow) * s[0]));
            return r.of(r.of(r.of(1 - rate * 0.3) * w) - r.of(r.of(rate) * sign));
        });
    }

    /** The rounding to a precision: a sum, product, quotient or root of two floats in float64, rounded, is that of float32. */
    private record Rounding(Precision precision) {
        double of(double x) {
            return precision == Precision.FLOAT32 ? (float) x : x;
        }

        double fma(double x, double y, double z) {
            return precision == Precision.FLOAT32 ? Math.fma((float) x, (float) y, (float) z) : Math.fma(x, y, z);
        }

        /** Update a running mean of gradients and return it. */
        double mean(double kept, double[] states, int i, double g) {
            states[i] = fma(1 - kept, g, of(of(kept) * states[i]));
            return states[i];
        }

        /** Update the running mean of squares, the second state, and return Adam's divisor with an epsilon of 1e-7. */
        double divisor(double kept, double[] states, double g, long step) {
            states[1] = fma(1 - kept, of(g * g), of(of(kept) * states[1]));
            double root = of(Math.sqrt(1 - StrictMath.pow(kept, step + 1)));
            return of(of(of(Math.sqrt(states[1])) / root) + of(1e-7));
        }
    }

    /** One element's new value, given its states, which are modified. */
    private interface Formula {
        double update(double w, double g, double[] states, long step);
    }

    /** Require the formula's bits of several updates of more elements than a vector has lanes. */
    private static void assertUpdates(Precision precision, OptimizerSpec spec, Formula formula) {
        Kernels kernels = precision == Precision.FLOAT32 ? FLOAT32 : FLOAT64;
        Parameter w = new Parameter("w", random(kernels, 5, 27, 1), random(kernels, 5, 27, 2));
        Optimizer optimizer = spec.create(List.of(w), kernels);
        double[][] values = new double[5][27];
        double[][][] states = new double[5][27][3];
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 27; j++) {
                values[i][j] = w.value().get(i, j);
            }
        }
        for (long step = 0; step < 4; step++) {
            optimizer.update(step, 0.1);
            for (int i = 0; i < 5; i++) {
                for (int j = 0; j < 27; j++) {
                    values[i][j] = formula.update(values[i][j], w.gradient().get(i, j), states[i][j], step);
                    assertEquals(values[i][j], w.value().get(i, j), spec + " [" + i + ", " + j + "] of step " + step);
                }
            }
        }
    }

    @Test
    void adam_firstStep_isTheLearningRateWhateverTheGradient() {
        for (double gradient : new double[] {1e-3, 1, 1e3}) {
            // epsilon 1e-8 beside 1e-3.
            assertEquals(0.9, train(new Adam(RATE, 0.9, 0.999, 1e-8), FLOAT64, gradient), 1e-5);
        }
    }

    @Test
    void state_ofEach_isNamedByParameter() {
        assertState(new Sgd(RATE, 0, false), "[]");
        assertState(new Sgd(RATE, 0.9, false), "[dense_1.biases.velocity, dense_1.weights.velocity]");
        assertState(new Rmsprop(RATE, 0.9, 1e-8), "[dense_1.biases.mean_square, dense_1.weights.mean_square]");
        assertState(
                new Adam(RATE, 0.9, 0.999, 1e-8),
                "[dense_1.biases.mean, dense_1.biases.mean_square, dense_1.weights.mean, dense_1.weights.mean_square]");
        assertState(
                new AmsGrad(RATE, 0.9, 0.999, 1e-8),
                "[dense_1.biases.largest_mean_square, dense_1.biases.mean, dense_1.biases.mean_square,"
                        + " dense_1.weights.largest_mean_square, dense_1.weights.mean, dense_1.weights.mean_square]");
        assertState(new Lion(RATE, 0.9, 0.99, 0), "[dense_1.biases.mean, dense_1.weights.mean]");
    }

    private static void assertState(OptimizerSpec spec, String names) {
        List<Parameter> parameters =
                List.of(parameter(FLOAT64, "dense_1.weights", 1), parameter(FLOAT64, "dense_1.biases", 1));
        Optimizer optimizer = spec.create(parameters, FLOAT64);
        assertEquals(names, State.of(optimizer).matrices().keySet().toString());
        assertEquals(RATE, spec.learningRate());
    }

    @Test
    void restore_ofASavedState_continuesTheSame() {
        for (OptimizerSpec spec : List.of(
                new Sgd(RATE, 0.9, true),
                new Rmsprop(RATE, 0.9, 1e-8),
                new Adam(RATE, 0.9, 0.999, 1e-8),
                new AmsGrad(RATE, 0.9, 0.999, 1e-8),
                new Adadelta(RATE, 0.9, 1e-6),
                new Lamb(RATE, 0.9, 0.999, 1e-8, 0.1))) {
            Parameter w = parameter(FLOAT64, "w", 1);
            Optimizer first = spec.create(List.of(w), FLOAT64);
            w.gradient().set(0, 0, 0.3);
            first.update(0, 0.1);

            Parameter copied = parameter(FLOAT64, "w", w.value().get(0, 0));
            Optimizer second = spec.create(List.of(copied), FLOAT64);
            second.restore(State.of(first));
            w.gradient().set(0, 0, -0.7);
            copied.gradient().set(0, 0, -0.7);
            first.update(1, 0.1);
            second.update(1, 0.1);
            assertEquals(w.value().get(0, 0), copied.value().get(0, 0));
        }
    }

    @Test
    void parameters_outsideTheirRange_areRefused() {
        assertRefused("momentum is 1", "0 or more and below 1", () -> new Sgd(RATE, 1, false));
        assertRefused("nesterov is true", "false if momentum is 0", () -> new Sgd(RATE, 0, true));
        assertRefused("decay is -0.1", "0 or more and below 1", () -> new Rmsprop(RATE, -0.1, 1e-8));
        assertRefused("epsilon is 0", "a finite number above 0", () -> new Rmsprop(RATE, 0.9, 0));
        assertRefused("beta1 is 1", "0 or more and below 1", () -> new Adam(RATE, 1, 0.999, 1e-8));
        assertRefused("beta2 is .nan", "0 or more and below 1", () -> new Adam(RATE, 0.9, Double.NaN, 1e-8));
        assertRefused("epsilon is -1", "a finite number above 0", () -> new Adam(RATE, 0.9, 0.999, -1));
        assertRefused("beta1 is -1", "0 or more and below 1", () -> new Nadam(RATE, -1, 0.999, 1e-8));
        assertRefused("beta2 is 1", "0 or more and below 1", () -> new Lion(RATE, 0.9, 1, 0));
        assertRefused("decay is 1", "0 or more and below 1", () -> new Adadelta(RATE, 1, 1e-6));
        assertRefused("epsilon is 0", "a finite number above 0", () -> new Adagrad(RATE, 0));
        assertRefused(
                "weightDecay is -0.1", "a finite number, 0 or more", () -> new AdamW(RATE, 0.9, 0.999, 1e-8, -0.1));
    }

    private static void assertRefused(String message, String allowed, Runnable create) {
        ParameterException problem = assertThrows(ParameterException.class, create::run);
        assertEquals(message, problem.getMessage());
        assertEquals(allowed, problem.allowed());
    }
}
