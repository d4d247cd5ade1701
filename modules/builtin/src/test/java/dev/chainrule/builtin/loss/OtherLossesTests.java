package dev.chainrule.builtin.loss;

import static dev.chainrule.builtin.loss.LossFixtures.assertRefused;
import static dev.chainrule.builtin.loss.LossFixtures.classNumbers;
import static dev.chainrule.builtin.loss.LossFixtures.oneHot;
import static dev.chainrule.builtin.loss.LossFixtures.target;
import static dev.chainrule.model.testing.Matrices.FLOAT32;
import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.assertClose;
import static dev.chainrule.model.testing.Matrices.garbage;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.random;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Loss;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.activation.Sigmoid;
import dev.chainrule.model.activation.Softmax;
import dev.chainrule.model.testing.Gradients;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Test the losses besides the classic three, most of which are sums over the outputs. */
class OtherLossesTests {
    // Some ten operations in float64, on values near 1.
    private static final double EXACT = 1e-14;

    /** Require the costs and gradient of two examples, done by hand. */
    private static void assertByHand(Loss loss, Matrix a, Matrix y, Matrix costs, Matrix g) {
        assertClose(costs, Gradients.costs(loss, a, y, FLOAT64), EXACT, loss + " costs");
        Matrix gradient = garbage(FLOAT64, a.rows(), a.columns());
        loss.gradient(a, y, gradient, FLOAT64);
        assertClose(g, gradient, EXACT, loss + " gradient");
    }

    @Test
    void differences_byHand_areSummedOverTheOutputs() {
        Matrix a = of(FLOAT64, row(1, 2), row(0, 4));
        Matrix y = of(FLOAT64, row(1, 0), row(3, 3.5));
        assertByHand(
                new AbsoluteError(), a, y, of(FLOAT64, row(2), row(3.5)), of(FLOAT64, row(0, 0.5), row(-0.5, 0.5)));
        assertByHand(
                new Quantile(0.75),
                a,
                y,
                of(FLOAT64, row(0.5), row(2.25 + 0.125)),
                of(FLOAT64, row(0, 0.125), row(-0.375, 0.125)));
        assertByHand(
                new Huber(1), a, y, of(FLOAT64, row(1.5), row(2.5 + 0.125)), of(FLOAT64, row(0, 0.5), row(-0.5, 0.25)));
        assertByHand(
                new LogCosh(),
                a,
                y,
                of(FLOAT64, row(Math.log(Math.cosh(2))), row(Math.log(Math.cosh(3)) + Math.log(Math.cosh(0.5)))),
                of(FLOAT64, row(0, Math.tanh(2) / 2), row(Math.tanh(-3) / 2, Math.tanh(0.5) / 2)));
        assertByHand(
                new Poisson(),
                of(FLOAT64, row(1, 2), row(0.5, 4)),
                of(FLOAT64, row(1, 0), row(3, 2)),
                of(FLOAT64, row(3), row(0.5 + 3 * Math.log(2) + 4 - 2 * Math.log(4))),
                of(FLOAT64, row(0, 0.5), row(-2.5, 0.25)));
    }

    @Test
    void hinges_byHand_countMissesOfTheMargin() {
        Matrix a = of(FLOAT64, row(2, -0.5), row(0.25, 0.5));
        Matrix y = of(FLOAT64, row(0), row(0));
        assertByHand(
                new Hinge(), a, y, of(FLOAT64, row(0.5), row(0.75 + 1.5)), of(FLOAT64, row(0, 0.5), row(-0.5, 0.5)));
        assertByHand(
                new SquaredHinge(),
                a,
                y,
                of(FLOAT64, row(0.25), row(0.5625 + 2.25)),
                of(FLOAT64, row(0, 0.5), row(-0.75, 1.5)));
    }

    @Test
    void probabilities_byHand_areCompared() {
        Matrix a = of(FLOAT64, row(0.25, 0.75), row(0.5, 0.5));
        assertByHand(
                new KlDivergence(),
                a,
                of(FLOAT64, row(0.5, 0.5), row(0, 1)),
                of(FLOAT64, row(0.5 * Math.log(2) + 0.5 * Math.log(0.5 / 0.75)), row(Math.log(2))),
                of(FLOAT64, row(-1, -1 / 3.0), row(0, -1)));
        // f(¼) = 9/16·log 4 and f′(¼) = 2·¾·log ¼ − 9/4; f(½) = ¼·log 2 and f′(½) = log ½ − ½.
        double quarter = 9 / 16.0 * Math.log(4);
        double half = Math.log(2) / 4;
        double steep = -1.5 * Math.log(4) - 9 / 4.0;
        double flat = -Math.log(2) - 0.5;
        assertByHand(
                new Focal(2),
                a,
                of(FLOAT64, row(0), row(1)),
                of(FLOAT64, row(2 * quarter), row(2 * half)),
                of(FLOAT64, row(steep / 2, -steep / 2), row(-flat / 2, flat / 2)));
    }

    @Test
    void cosine_byHand_ignoresLengths() {
        assertByHand(
                new CosineDistance(),
                of(FLOAT64, row(3, 4), row(0, 0), row(2, 0)),
                of(FLOAT64, row(6, 8), row(1, 1), row(0, 5)),
                of(FLOAT64, row(0), row(1), row(1)),
                of(FLOAT64, row(0, 0), row(0, 0), row(0, -1 / 6.0)));
    }

    @Test
    void labelSmoothing_byHand_mixesTargets() {
        Matrix a = of(FLOAT64, row(0.25, 0.75), row(0.5, 0.5));
        // y is 0.8 and 0.2 in the first example.
        double first = -(0.8 * Math.log(0.25) + 0.2 * Math.log(0.75));
        double second = Math.log(2);
        Matrix y = of(FLOAT64, row(0), row(1));
        assertByHand(
                new CrossEntropy(Optional.of(0.4)),
                a,
                y,
                of(FLOAT64, row(first), row(second)),
                of(FLOAT64, row(-1.6, -0.4 / 3), row(-0.2, -0.8)));
        assertByHand(
                new BinaryCrossEntropy(Optional.of(0.4)),
                a,
                y,
                of(FLOAT64, row(2 * first), row(2 * second)),
                of(FLOAT64, row(-22 / 15.0, 22 / 15.0), row(0.6, -0.6)));
    }

    @Test
    void gradients_atRandomPlaces_matchCentralDifferences() {
        Matrix a = random(FLOAT64, 6, 4, 1);
        Matrix y = random(FLOAT64, 6, 4, 2);
        List<Loss> numeric =
                List.of(new AbsoluteError(), new Quantile(0.9), new Huber(0.5), new LogCosh(), new CosineDistance());
        numeric.forEach(loss -> Gradients.assertLoss(loss, a, y));
        List.of(new Hinge(), new SquaredHinge()).forEach(loss -> {
            Gradients.assertLoss(loss, a, oneHot(6, 4));
            Gradients.assertLoss(loss, a, classNumbers(6, 4));
        });
        Matrix fractions = Gradients.activate(new Sigmoid(), a, FLOAT64);
        Matrix soft = Gradients.activate(new Softmax(), y, FLOAT64);
        Gradients.assertLoss(new Poisson(), fractions, soft);
        Gradients.assertLoss(new KlDivergence(), fractions, soft);
        Gradients.assertFused(new KlDivergence(), new Softmax(), a, soft);
        for (Matrix targets : List.of(classNumbers(6, 4), oneHot(6, 4), soft)) {
            for (Loss loss : List.of(new Focal(2), new Focal(0.5), new BinaryCrossEntropy(Optional.of(0.3)))) {
                Gradients.assertLoss(loss, fractions, targets);
                Gradients.assertFused(loss, new Sigmoid(), a, targets);
            }
            Gradients.assertLoss(new CrossEntropy(Optional.of(0.3)), fractions, targets);
            Gradients.assertFused(new CrossEntropy(Optional.of(0.3)), new Softmax(), a, targets);
        }
    }

    @Test
    void focal_ofGammaZero_isBinaryCrossEntropy() {
        Matrix a = Gradients.activate(new Sigmoid(), random(FLOAT64, 6, 4, 1), FLOAT64);
        assertClose(
                Gradients.costs(new BinaryCrossEntropy(Optional.empty()), a, oneHot(6, 4), FLOAT64),
                Gradients.costs(new Focal(0), a, oneHot(6, 4), FLOAT64),
                EXACT,
                "costs");
    }

    @Test
    void logCosh_ofTinyAndHugeDifferences_keepsItsDigits() {
        Matrix costs =
                Gradients.costs(new LogCosh(), of(FLOAT64, row(1e-9), row(1e5)), of(FLOAT64, row(0), row(0)), FLOAT64);
        assertEquals(5e-19, costs.get(0, 0), 1e-33);
        assertEquals(1e5 - Math.log(2), costs.get(1, 0), 1e-10);
    }

    @Test
    void branches_atKinksAndFloors_areMarked() {
        Branches branches = new Branches();
        new KlDivergence().branches(of(FLOAT64, row(0, 1)), of(FLOAT64, row(0, 1)), branches);
        new Poisson().branches(of(FLOAT64, row(-1)), of(FLOAT64, row(0)), branches);
        assertTrue(branches.differentiable());
        new KlDivergence().branches(of(FLOAT64, row(0, 1)), of(FLOAT64, row(1, 0)), branches);
        assertFalse(branches.differentiable());
        branches.clear();
        new CosineDistance().branches(of(FLOAT64, row(0, 0)), of(FLOAT64, row(1, 0)), branches);
        assertFalse(branches.differentiable());
        assertTrue(fingerprint(new Huber(2), 1.9) != fingerprint(new Huber(2), 2.1));
        assertTrue(fingerprint(new AbsoluteError(), -0.1) != fingerprint(new AbsoluteError(), 0.1));
    }

    private static long fingerprint(Loss loss, double a) {
        Branches branches = new Branches();
        loss.branches(of(FLOAT64, row(a)), of(FLOAT64, row(0)), branches);
        return branches.fingerprint();
    }

    @Test
    void float32_ofSaturatedOutputs_staysFinite() {
        Matrix a = of(FLOAT32, row(0, 1));
        Matrix y = of(FLOAT32, row(1, 0));
        Matrix g = garbage(FLOAT32, 1, 2);
        for (Loss loss : List.of(new Focal(2), new KlDivergence(), new Poisson())) {
            loss.gradient(a, y, g, FLOAT32);
            assertTrue(Double.isFinite(g.get(0, 0)) && Double.isFinite(g.get(0, 1)), loss + ": " + g.get(0, 0));
            assertTrue(Double.isFinite(Gradients.costs(loss, a, y, FLOAT32).get(0, 0)), loss.toString());
        }
    }

    @Test
    void check_ofMismatches_saysWhy() {
        assertRefused(
                new AbsoluteError(),
                3,
                target(Target.Form.CLASS_INDEX, 3),
                "mae compares numbers, but the target is a class number",
                "Add the transform one_hot, or use the loss cross_entropy.");
        assertRefused(
                new Hinge(),
                1,
                target(Target.Form.VALUES, 1),
                "hinge requires classes as targets, but these are numbers: n0",
                "List the column under categorical to make its numbers classes, or use binary_cross_entropy.");
        assertRefused(
                new SquaredHinge(),
                1,
                target(Target.Form.CLASS_INDEX, 2),
                "the network has 1 output, but the target has 2 classes",
                "Give the last layer units: 2.");
        assertRefused(
                new KlDivergence(),
                3,
                target(Target.Form.CLASS_INDEX, 3),
                "kl_divergence compares probabilities, but the target is a class",
                "Use the loss cross_entropy, which is the same for classes.");
        assertRefused(
                new CosineDistance(),
                1,
                target(Target.Form.VALUES, 1),
                "cosine compares directions, but the network has 1 output",
                "Use the loss quadratic, mae or huber for single numbers.");
        assertRefused(
                new Focal(2),
                1,
                target(Target.Form.CLASS_INDEX, 3),
                "one output distinguishes two classes, but the target has 3",
                "Give the last layer units: 3, or use softmax with cross_entropy.");
        new Focal(2).check(Shape.of(1), target(Target.Form.CLASS_INDEX, 2));
        new Hinge().check(Shape.of(3), target(Target.Form.CLASS_INDEX, 3));
    }

    @Test
    void warning_ofOtherOutputs_namesTheActivation() {
        assertWarning(new Hinge(), Bounds.FRACTIONS, "Remove the activation of the last layer: hinge requires none.");
        assertWarning(new Poisson(), Bounds.NONE, "Write activation: softplus in the last layer.");
        assertWarning(
                new Focal(2), Bounds.NONE, "Write activation: sigmoid in the last layer; the loss does not apply one.");
        assertWarning(
                new KlDivergence(),
                Bounds.FRACTIONS,
                "Write activation: softmax in the last layer; the loss does not apply one.");
        assertTrue(new Hinge().warning(Bounds.NONE).isEmpty());
        assertTrue(new Poisson().warning(Bounds.POSITIVE).isEmpty());
    }

    private static void assertWarning(Loss loss, Bounds outputs, String remedy) {
        assertTrue(loss.warning(outputs).orElseThrow().toString().contains(remedy), loss.toString());
    }

    @Test
    void parameters_outsideTheirRange_areRefused() {
        assertParameter("level is 1", "above 0 and below 1", () -> new Quantile(1));
        assertParameter("delta is 0", "a finite number above 0", () -> new Huber(0));
        assertParameter("gamma is -1", "a finite number, 0 or more", () -> new Focal(-1));
        assertParameter("labelSmoothing is 1", "above 0 and below 1", () -> new CrossEntropy(Optional.of(1.0)));
        assertParameter("labelSmoothing is 0", "above 0 and below 1", () -> new BinaryCrossEntropy(Optional.of(0.0)));
    }

    private static void assertParameter(String message, String allowed, Runnable create) {
        ParameterException problem = assertThrows(ParameterException.class, create::run);
        assertEquals(message, problem.getMessage());
        assertEquals(allowed, problem.allowed());
    }
}
