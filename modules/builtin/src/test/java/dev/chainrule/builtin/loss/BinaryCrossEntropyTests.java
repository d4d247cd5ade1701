package dev.chainrule.builtin.loss;

import static dev.chainrule.builtin.loss.LossFixtures.assertRefused;
import static dev.chainrule.builtin.loss.LossFixtures.classNumbers;
import static dev.chainrule.builtin.loss.LossFixtures.oneHot;
import static dev.chainrule.builtin.loss.LossFixtures.target;
import static dev.chainrule.model.testing.Matrices.FLOAT32;
import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.assertClose;
import static dev.chainrule.model.testing.Matrices.assertSame;
import static dev.chainrule.model.testing.Matrices.garbage;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.random;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Loss;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.activation.Sigmoid;
import dev.chainrule.model.activation.Softmax;
import dev.chainrule.model.testing.Gradients;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BinaryCrossEntropyTests {
    private final BinaryCrossEntropy loss = new BinaryCrossEntropy(Optional.empty());
    private final Loss.Fused fused = loss.fuse(new Sigmoid()).orElseThrow();

    @Test
    void costs_byHand_sumOverTheOutputs() {
        Matrix a = of(FLOAT64, row(0.25, 0.5), row(0.75, 0.5));
        Matrix y = of(FLOAT64, row(1, 0), row(0, 1));
        // −log ¼ − log ½ in both rows; a few roundings.
        Matrix expected = of(FLOAT64, row(Math.log(8)), row(Math.log(8)));
        assertClose(expected, Gradients.costs(loss, a, y, FLOAT64), 1e-15, "one-hot");
        assertClose(expected, Gradients.costs(loss, a, classNumbers(2, 2), FLOAT64), 1e-15, "class numbers");
    }

    @Test
    void gradient_byHand_isTheDifferenceOverTheVariance() {
        Matrix g = garbage(FLOAT64, 2, 1);
        loss.gradient(of(FLOAT64, row(0.25), row(0.5)), of(FLOAT64, row(1), row(0)), g, FLOAT64);
        assertSame(of(FLOAT64, row(-2), row(1)), g, "g");
    }

    @Test
    void gradients_ofAllTargets_matchCentralDifferences() {
        Matrix z = random(FLOAT64, 6, 4, 1);
        Matrix a = Gradients.activate(new Sigmoid(), z, FLOAT64);
        Matrix soft = Gradients.activate(new Sigmoid(), random(FLOAT64, 6, 4, 2), FLOAT64);
        for (Matrix y : List.of(classNumbers(6, 4), oneHot(6, 4), soft)) {
            Gradients.assertLoss(loss, a, y);
            Gradients.assertFused(loss, new Sigmoid(), z, y);
        }
        Gradients.assertFused(loss, new Sigmoid(), random(FLOAT64, 6, 1, 3), classNumbers(6, 2));
    }

    @Test
    void fused_ofLogitsOfAThousand_isExact() {
        for (Kernels kernels : List.of(FLOAT32, FLOAT64)) {
            Matrix z = of(kernels, row(1000, -1000), row(1000, -1000));
            Matrix y = of(kernels, row(1, 0), row(0, 1));
            Matrix a = Gradients.activate(new Sigmoid(), z, kernels);
            assertSame(of(kernels, row(0), row(2000)), Gradients.costs(fused, z, a, y, kernels), "costs");
            Matrix delta = garbage(kernels, 2, 2);
            fused.delta(z, a, y, delta, kernels);
            assertSame(of(kernels, row(0, 0), row(0.5, -0.5)), delta, "delta");
        }
    }

    @Test
    void unfused_ofSaturatedOutputs_isFinite() {
        for (Kernels kernels : List.of(FLOAT32, FLOAT64)) {
            Matrix a = of(kernels, row(1), row(0));
            Matrix y = of(kernels, row(0), row(1));
            Matrix g = garbage(kernels, 2, 1);
            loss.gradient(a, y, g, kernels);
            for (int i = 0; i < 2; i++) {
                assertTrue(Double.isFinite(Gradients.costs(loss, a, y, kernels).get(i, 0)));
                assertTrue(Double.isFinite(g.get(i, 0)), "g is " + g.get(i, 0));
            }
        }
    }

    @Test
    void costs_ofATargetOutsideItsRange_sayWhich() {
        Matrix a = of(FLOAT64, row(0.5));
        Matrix y = of(FLOAT64, row(7));
        InputException problem = assertThrows(InputException.class, () -> Gradients.costs(loss, a, y, FLOAT64));
        assertEquals("a target of binary_cross_entropy is 7", problem.getMessage());
        assertThrows(InputException.class, () -> Gradients.costs(fused, a, a, y, FLOAT64));
    }

    @Test
    void fuse_withSigmoidOnly_isKnown() {
        assertTrue(loss.fuse(new Softmax()).isEmpty());
    }

    @Test
    void check_ofWhatFits_passes() {
        loss.check(Shape.of(1), target(Target.Form.CLASS_INDEX, 2));
        loss.check(Shape.of(2), target(Target.Form.CLASS_INDEX, 2));
        loss.check(Shape.of(10), target(Target.Form.CLASS_INDEX, 10));
        loss.check(Shape.of(10), target(Target.Form.ONE_HOT, 10));
        loss.check(Shape.of(1), target(Target.Form.VALUES, 1));
    }

    @Test
    void check_ofOneOutputAndThreeClasses_advisesUnits() {
        assertRefused(
                loss,
                1,
                target(Target.Form.CLASS_INDEX, 3),
                "one output distinguishes two classes, but the target has 3",
                "Give the last layer units: 3, or use softmax with cross_entropy.");
    }

    @Test
    void check_ofAnotherWidth_namesBoth() {
        assertRefused(
                loss,
                3,
                target(Target.Form.CLASS_INDEX, 2),
                "the network has 3 outputs, but the target has 2 classes",
                "Give the last layer units: 2.");
        assertRefused(
                loss,
                3,
                target(Target.Form.VALUES, 1),
                "the network has 3 outputs, but the target has 1 value",
                "Give the last layer units: 1.");
    }
}
