package dev.chainrule.builtin.loss;

import static dev.chainrule.builtin.loss.LossFixtures.assertRefused;
import static dev.chainrule.builtin.loss.LossFixtures.classNumbers;
import static dev.chainrule.builtin.loss.LossFixtures.oneHot;
import static dev.chainrule.builtin.loss.LossFixtures.target;
import static dev.chainrule.model.testing.Matrices.FLOAT32;
import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.assertClose;
import static dev.chainrule.model.testing.Matrices.assertSame;
import static dev.chainrule.model.testing.Matrices.copy;
import static dev.chainrule.model.testing.Matrices.garbage;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.random;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Loss;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.activation.Sigmoid;
import dev.chainrule.model.activation.Softmax;
import dev.chainrule.model.testing.Gradients;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CrossEntropyTests {
    private final CrossEntropy loss = new CrossEntropy(Optional.empty());
    private final Loss.Fused fused = loss.fuse(new Softmax()).orElseThrow();

    @Test
    void costs_byHand_areTheLogarithmOfTheRightProbability() {
        Matrix a = of(FLOAT64, row(0.25, 0.75), row(0.5, 0.5));
        Matrix expected = of(FLOAT64, row(Math.log(4)), row(Math.log(2)));
        // One rounding each.
        assertClose(expected, Gradients.costs(loss, a, classNumbers(2, 2), FLOAT64), 1e-15, "class numbers");
        assertClose(expected, Gradients.costs(loss, a, oneHot(2, 2), FLOAT64), 1e-15, "one-hot");
    }

    @Test
    void gradient_byHand_isMinusOneOverTheRightProbability() {
        Matrix g = garbage(FLOAT64, 2, 2);
        loss.gradient(of(FLOAT64, row(0.25, 0.75), row(0.5, 0.5)), classNumbers(2, 2), g, FLOAT64);
        assertSame(of(FLOAT64, row(-2, 0), row(0, -1)), g, "g");
    }

    @Test
    void gradients_ofBothTargets_matchCentralDifferences() {
        Matrix z = random(FLOAT64, 6, 4, 1);
        Matrix a = Gradients.activate(new Softmax(), z, FLOAT64);
        for (Matrix y : List.of(classNumbers(6, 4), oneHot(6, 4))) {
            Gradients.assertLoss(loss, a, y);
            Gradients.assertFused(loss, new Softmax(), z, y);
        }
    }

    @Test
    void delta_ofSoftTargets_matchesCentralDifferences() {
        Matrix y = of(FLOAT64, row(0.2, 0.3, 0.5), row(0, 0.9, 0.1));
        Gradients.assertFused(loss, new Softmax(), random(FLOAT64, 2, 3, 1), y);
    }

    @Test
    void delta_ofBothTargets_hasTheSameBits() {
        for (Kernels kernels : List.of(FLOAT32, FLOAT64)) {
            Matrix z = random(kernels, 7, 4, 1);
            Matrix a = Gradients.activate(new Softmax(), z, kernels);
            Matrix y = copy(kernels, oneHot(7, 4));
            Matrix expected = garbage(kernels, 7, 4);
            kernels.subtractDivide(a, y, 7, expected);
            Matrix delta = garbage(kernels, 7, 4);
            fused.delta(z, a, y, delta, kernels);
            assertSame(expected, delta, "one-hot " + kernels.precision());
            fused.delta(z, a, copy(kernels, classNumbers(7, 4)), delta, kernels);
            assertSame(expected, delta, "class numbers " + kernels.precision());
        }
    }

    @Test
    void fused_ofLogitsOfAThousand_isExact() {
        for (Kernels kernels : List.of(FLOAT32, FLOAT64)) {
            Matrix z = of(kernels, row(1000, -1000), row(1000, -1000));
            Matrix y = of(kernels, row(0), row(1));
            Matrix a = Gradients.activate(new Softmax(), z, kernels);
            assertSame(of(kernels, row(0), row(2000)), Gradients.costs(fused, z, a, y, kernels), "costs");
            Matrix delta = garbage(kernels, 2, 2);
            fused.delta(z, a, y, delta, kernels);
            assertSame(of(kernels, row(0, 0), row(0.5, -0.5)), delta, "delta");
        }
    }

    @Test
    void unfused_ofAProbabilityOfZero_isFinite() {
        for (Kernels kernels : List.of(FLOAT32, FLOAT64)) {
            Matrix a = of(kernels, row(1, 0));
            Matrix y = of(kernels, row(1));
            double floor = kernels == FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
            double cost = Gradients.costs(loss, a, y, kernels).get(0, 0);
            assertEquals(-Math.log(floor), cost, 1e-4); // float32 near 87: ulp 8e-6
            Matrix g = garbage(kernels, 1, 2);
            loss.gradient(a, y, g, kernels);
            assertTrue(Double.isFinite(g.get(0, 1)) && g.get(0, 1) < -1e37, "g is " + g.get(0, 1));
        }
    }

    @Test
    void fuse_withSoftmaxOnly_isKnown() {
        assertTrue(loss.fuse(new Sigmoid()).isEmpty());
    }

    @Test
    void check_ofWhatFits_passes() {
        loss.check(Shape.of(3), target(Target.Form.CLASS_INDEX, 3));
        loss.check(Shape.of(3), target(Target.Form.ONE_HOT, 3));
    }

    @Test
    void check_ofNumbers_advisesOtherLosses() {
        assertRefused(
                loss,
                2,
                new Target(Target.Form.VALUES, List.of("price", "area")),
                "cross_entropy requires classes as targets, but these are numbers: price, area",
                "To predict numbers, write loss: quadratic, or loss: binary_cross_entropy if they are from 0 to 1.");
    }

    @Test
    void check_ofAnotherWidth_namesBoth() {
        assertRefused(
                loss,
                9,
                target(Target.Form.CLASS_INDEX, 10),
                "the network has 9 outputs, but the target has 10 classes",
                "Give the last layer units: 10.");
    }

    @Test
    void check_ofOneOutput_advisesBinaryCrossEntropy() {
        assertRefused(
                loss,
                1,
                target(Target.Form.CLASS_INDEX, 2),
                "cross_entropy requires one output per class, but the network has 1 output",
                "Give the last layer units: 2, or use sigmoid with binary_cross_entropy for two classes.");
    }
}
