package dev.chainrule.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.Loss;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.contract.Finding;
import dev.chainrule.engine.contract.LossContract;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class LossContractTests {
    record Straight() implements Elementwise {
        @Override
        public double value(double z) {
            return z;
        }

        @Override
        public double derivative(double z, double a) {
            return 1;
        }
    }

    /**
     * ½‖a − y‖² of numbers.
     *
     * @param scale the factor of the gradient; 1 is right
     * @param fusedScale the factor of the fused delta; 1 is right
     * @param mixes whether each example gets the mean cost of all, which is wrong
     */
    record Squared(double scale, double fusedScale, boolean mixes) implements Loss {
        @Override
        public void costs(Matrix a, Matrix y, Matrix costs, Kernels kernels) {
            double total = 0;
            for (int i = 0; i < a.rows(); i++) {
                double sum = 0;
                for (int j = 0; j < a.columns(); j++) {
                    double difference = a.get(i, j) - y.get(i, j);
                    sum += difference * difference / 2;
                }
                costs.set(i, 0, sum);
                total += sum;
            }
            if (mixes) {
                costs.fill(total / a.rows());
            }
        }

        @Override
        public void gradient(Matrix a, Matrix y, Matrix g, Kernels kernels) {
            kernels.subtractDivide(a, y, a.rows() / scale, g);
        }

        @Override
        public Optional<Fused> fuse(Activation output) {
            Squared plain = this;
            return Optional.of(new Fused() {
                @Override
                public void costs(Matrix z, Matrix a, Matrix y, Matrix costs, Kernels kernels) {
                    plain.costs(a, y, costs, kernels);
                }

                @Override
                public void delta(Matrix z, Matrix a, Matrix y, Matrix delta, Kernels kernels) {
                    kernels.subtractDivide(a, y, a.rows() / fusedScale, delta);
                }
            });
        }

        @Override
        public void check(Shape output, Target target) {
            if (target.isClass()) {
                throw new InputException("classes");
            }
        }
    }

    /** A loss that no target fits. */
    record Choosy() implements Loss {
        @Override
        public void costs(Matrix a, Matrix y, Matrix costs, Kernels kernels) {
            costs.fill(0);
        }

        @Override
        public void gradient(Matrix a, Matrix y, Matrix g, Kernels kernels) {
            g.fill(0);
        }

        @Override
        public void check(Shape output, Target target) {
            throw new InputException("nothing fits");
        }
    }

    @Test
    void check_rightLoss_findsNothing() {
        assertEquals(List.of(), LossContract.check(new Squared(1, 1, false), List.of(new Straight())));
    }

    @Test
    void check_gradientOfTheSum_isFound() {
        // The first example's first output is 1/4 above its target: the mean over four makes 1/16 of it, the sum 1/4.
        Finding first = LossContract.check(new Squared(4, 1, false), List.of()).get(0);
        assertEquals("∂C/∂a with numbers", first.value());
        assertEquals("0.0625", first.expected());
        assertEquals("0.25", first.got());
        assertEquals("a = 0.5", first.at());
    }

    @Test
    void check_wrongFusedForm_isFound() {
        Finding first = LossContract.check(new Squared(1, 2, false), List.of(new Straight()))
                .get(0);
        assertEquals("delta fused with Straight[], numbers", first.value());
        assertEquals(2 * Double.parseDouble(first.expected()), Double.parseDouble(first.got()), 1e-15);
    }

    @Test
    void check_examplesMixed_isFound() {
        Finding first = LossContract.check(new Squared(1, 1, true), List.of()).get(0);
        assertEquals("cost of an example in a batch with numbers", first.value());
    }

    @Test
    void check_lossWithoutTargets_isFound() {
        assertEquals(
                "kinds of targets accepted: expected 1, got 0",
                LossContract.check(new Choosy(), List.of()).get(0).text());
    }

    @Test
    void assertHolds_brokenContract_namesTheLoss() {
        AssertionFailedError error =
                assertThrows(AssertionFailedError.class, () -> Contracts.assertHolds(new Choosy()));
        assertTrue(error.getMessage().startsWith("Choosy[] breaks the contract of a loss:\n"), error.getMessage());
    }
}
