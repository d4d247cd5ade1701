package dev.chainrule.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Elementwise;
import dev.chainrule.engine.contract.ActivationContract;
import dev.chainrule.engine.contract.Finding;
import dev.chainrule.math.CommonFunction;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Strict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class ActivationContractTests {
    /** a = z·sigmoid(z), with the derivative times a fault. */
    record Swish(double fault) implements Elementwise {
        @Override
        public double value(double z) {
            return z * Strict.sigmoid(z);
        }

        @Override
        public double derivative(double z, double a) {
            double s = Strict.sigmoid(z);
            return fault * (a + s * (1 - a));
        }
    }

    /** a = max(0, z) that may forget to name its kink. */
    record Hinge(double... kinks) implements Elementwise {
        @Override
        public double value(double z) {
            return Math.max(0, z);
        }

        @Override
        public double derivative(double z, double a) {
            return z > 0 ? 1 : 0;
        }
    }

    /** a = z² whose float32 twin is another function. */
    record Twins() implements Elementwise {
        @Override
        public double value(double z) {
            return z * z;
        }

        @Override
        public double derivative(double z, double a) {
            return 2 * z;
        }

        @Override
        public float value(float z) {
            return z * z * 1.001f;
        }
    }

    /** a = 2·z whose matrices are those of another function. */
    record TwoFaced() implements Elementwise {
        @Override
        public double value(double z) {
            return 2 * z;
        }

        @Override
        public double derivative(double z, double a) {
            return 2;
        }

        @Override
        public void forward(Matrix z, Matrix a, Kernels kernels) {
            kernels.map(CommonFunction.IDENTITY, z, a);
        }

        @Override
        public void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
            kernels.mapBackward(CommonFunction.IDENTITY, z, a, g, delta);
        }
    }

    /** The logistic function as one would write it first: e^z is infinite from z = 710, in float32 from 89. */
    record NaiveSigmoid() implements Elementwise {
        @Override
        public double value(double z) {
            return Strict.exp(z) / (1 + Strict.exp(z));
        }

        @Override
        public double derivative(double z, double a) {
            return a * (1 - a);
        }

        @Override
        public float value(float z) {
            return Strict.exp(z) / (1 + Strict.exp(z));
        }
    }

    /** a = z less the mean of the batch's column, which no activation may do; backward is right for that. */
    record Centred() implements Activation {
        @Override
        public void forward(Matrix z, Matrix a, Kernels kernels) {
            Matrix sums = kernels.matrix(1, z.columns());
            kernels.columnSums(z, sums);
            kernels.scale(-1.0 / z.rows(), sums);
            a.copyFrom(z);
            kernels.addRow(a, sums);
        }

        @Override
        public void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
            forward(g, delta, kernels);
        }
    }

    /** a = 2z, computed in place. */
    record InPlace() implements Activation {
        @Override
        public void forward(Matrix z, Matrix a, Kernels kernels) {
            kernels.scale(2, z);
            a.copyFrom(z);
        }

        @Override
        public void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
            delta.copyFrom(g);
            kernels.scale(2, delta);
        }
    }

    /** a = z, of which backward forgets the last row. */
    record Forgetful() implements Activation {
        @Override
        public void forward(Matrix z, Matrix a, Kernels kernels) {
            a.copyFrom(z);
        }

        @Override
        public void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
            for (int i = 0; i + 1 < z.rows(); i++) {
                for (int j = 0; j < z.columns(); j++) {
                    delta.set(i, j, g.get(i, j));
                }
            }
        }
    }

    /** a = z, in a matrix of one row too many. */
    record Tall() implements Activation {
        @Override
        public void forward(Matrix z, Matrix a, Kernels kernels) {
            a.reshape(z.rows() + 1, z.columns());
            a.fill(0);
        }

        @Override
        public void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
            delta.copyFrom(g);
        }
    }

    @Test
    void check_rightActivations_findsNothing() {
        assertEquals(List.of(), ActivationContract.check(new Swish(1)));
        assertEquals(List.of(), ActivationContract.check(new Hinge(0)));
    }

    @Test
    void check_wrongDerivative_isFoundWithBothValues() {
        // σ′(0) is 1/2, and the fault halves it.
        assertFirst("derivative at z = 0: expected 0.5, got 0.25", new Swish(0.5));
    }

    @Test
    void check_forgottenKink_isNamed() {
        List<Finding> findings = ActivationContract.check(new Hinge());
        assertEquals(
                "derivative (it jumps here: kinks() must report the place) at z = 0: expected 0.5, got 0",
                findings.get(0).text());
        assertTrue(findings.stream().allMatch(finding -> finding.at().equals("z = 0")), findings.toString());
    }

    @Test
    void check_floatTwinOfAnotherFunction_isFound() {
        assertFirst("float32 a at z = 0.5: expected 0.25, got 0.2502500116825104", new Twins());
    }

    @Test
    void check_matricesOfAnotherFunction_areFound() {
        assertFirst("a after forward, with value(z) at z = 0.5: expected 1, got 0.5", new TwoFaced());
    }

    @Test
    void check_overflowForLargeInput_isFound() {
        assertFirst("a at z = 1000: expected a finite number, got .nan", new NaiveSigmoid());
    }

    @Test
    void check_rowsMixed_isFound() {
        assertTrue(ActivationContract.check(new Centred()).get(0).text().startsWith("a of a row in a batch at z = "));
    }

    @Test
    void check_inputModified_isFound() {
        assertFirst("z after forward at z = 0.5: expected 0.5, got 1", new InPlace());
    }

    @Test
    void check_rowNotWritten_isFound() {
        List<Finding> findings = ActivationContract.check(new Forgetful());
        assertTrue(
                findings.get(0).text().matches("delta at z = \\S+: expected a finite number, got \\.nan"),
                findings.get(0).text());
        assertEquals(10, findings.size(), "the last row of five, in both precisions");
    }

    @Test
    void check_wrongShape_isFound() {
        assertFirst("rows of a: expected 11, got 12", new Tall());
    }

    @Test
    void assertHolds_brokenContract_listsTheFindings() {
        AssertionFailedError error =
                assertThrows(AssertionFailedError.class, () -> Contracts.assertHolds(new Swish(0.5)));
        assertTrue(
                error.getMessage()
                        .matches("(?s)Swish\\[fault=0.5] breaks the contract of an activation:"
                                + "(\n  derivative at z = [^\n]*){8}\n  and [0-9]+ more"),
                error.getMessage());
    }

    private static void assertFirst(String expected, Activation activation) {
        assertEquals(expected, ActivationContract.check(activation).get(0).text());
    }
}
