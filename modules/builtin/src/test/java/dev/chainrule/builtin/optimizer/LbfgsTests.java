package dev.chainrule.builtin.optimizer;

import static dev.chainrule.model.testing.Matrices.FLOAT32;
import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Cost;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.math.Kernels;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class LbfgsTests {
    /** A cost of one number with its derivative, and a count of its computations. */
    private static final class Curve implements Cost {
        final Parameter w;
        final DoubleUnaryOperator cost;
        final DoubleUnaryOperator derivative;
        int computed;

        Curve(double start, DoubleUnaryOperator cost, DoubleUnaryOperator derivative, Kernels kernels) {
            this.w = new Parameter("dense_1.weights", of(kernels, row(start)), of(kernels, row(0)));
            this.cost = cost;
            this.derivative = derivative;
        }

        double at() {
            return w.value().get(0, 0);
        }

        @Override
        public double value() {
            return cost.applyAsDouble(at());
        }

        @Override
        public void compute() {
            computed++;
            w.gradient().set(0, 0, derivative.applyAsDouble(at()));
        }

        /** Make updates, each of which is given the gradients of its start. */
        Curve update(Lbfgs spec, int updates, Kernels kernels) {
            Optimizer optimizer = spec.create(List.of(w), kernels);
            for (int step = 0; step < updates; step++) {
                w.gradient().set(0, 0, derivative.applyAsDouble(at()));
                optimizer.update(step, 1, this);
            }
            return this;
        }
    }

    private static Curve parabola(Kernels kernels) {
        return new Curve(3, w -> w * w / 2, w -> w, kernels);
    }

    /** g = 3, so the first step is 1 long and ends at 2; there s = −1, y = −1 give H = 1, d = −2 and the length 1 the minimum. */
    @Test
    void update_ofAParabola_reachesTheMinimumAtTheSecond() {
        for (Kernels kernels : List.of(FLOAT64, FLOAT32)) {
            Curve first = parabola(kernels).update(new Lbfgs(10, 20), 1, kernels);
            assertEquals(2, first.at());
            assertEquals(1, first.computed);
            Curve second = parabola(kernels).update(new Lbfgs(1, 1), 2, kernels);
            assertEquals(0, second.at());
            assertEquals(2, second.computed);
            assertEquals(
                    0, parabola(kernels).update(new Lbfgs(10, 20), 5, kernels).at());
        }
    }

    /** The first steps of length 1 from 30 are too short: |φ′(1)| = 29 is above 0.9·30, so the search goes beyond. */
    @Test
    void update_ofAStepThatIsTooShort_extrapolates() {
        Curve curve = new Curve(30, w -> w * w / 2, w -> w, FLOAT64).update(new Lbfgs(10, 20), 1, FLOAT64);
        assertTrue(Math.abs(curve.at()) <= 0.9 * 30, curve.at() + " meets the second condition");
        assertEquals(2, curve.computed);
    }

    /** The second step from 10, where the curve is almost straight, leads to −72, where w − log w is not a number. */
    @Test
    void update_whereTheCostIsNotANumber_halvesTheBracket() {
        Curve curve =
                new Curve(10, w -> w - Math.log(w), w -> 1 - 1 / w, FLOAT64).update(new Lbfgs(10, 20), 30, FLOAT64);
        // The derivative is w − 1 near the minimum, to the rounding of 1 − 1/w; costs decide only to the root of
        // rounding.
        assertEquals(1, curve.at(), 1e-7);
    }

    @Test
    void update_ofACostThatDoesNotFall_leavesTheParameters() {
        Curve curve = new Curve(3, w -> 5, w -> w, FLOAT64).update(new Lbfgs(10, 20), 2, FLOAT64);
        assertEquals(3, curve.at());
        assertTrue(curve.computed > 20 && curve.computed <= 40, curve.computed + " costs");
    }

    @Test
    void update_withoutTheCost_isRefused() {
        Optimizer optimizer = new Lbfgs(10, 20).create(List.of(parabola(FLOAT64).w), FLOAT64);
        assertThrows(IllegalStateException.class, () -> optimizer.update(0, 1));
    }

    @Test
    void parameters_below1_areRefused() {
        assertThrows(ParameterException.class, () -> new Lbfgs(0, 20));
        assertThrows(ParameterException.class, () -> new Lbfgs(10, 0));
    }
}
