package dev.chainrule.builtin.loss;

import static dev.chainrule.builtin.loss.LossFixtures.assertRefused;
import static dev.chainrule.builtin.loss.LossFixtures.target;
import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.assertSame;
import static dev.chainrule.model.testing.Matrices.garbage;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.random;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.activation.Identity;
import dev.chainrule.model.activation.Sigmoid;
import dev.chainrule.model.testing.Gradients;
import org.junit.jupiter.api.Test;

class QuadraticTests {
    private final Quadratic loss = new Quadratic();

    @Test
    void costsAndGradient_byHand_areHalfTheSquareAndTheDifference() {
        Matrix a = of(FLOAT64, row(1, 2), row(0, 4));
        Matrix y = of(FLOAT64, row(1, 0), row(3, 0));
        assertSame(of(FLOAT64, row(2), row(12.5)), Gradients.costs(loss, a, y, FLOAT64), "costs");
        Matrix g = garbage(FLOAT64, 2, 2);
        loss.gradient(a, y, g, FLOAT64);
        assertSame(of(FLOAT64, row(0, 1), row(-1.5, 2)), g, "g");
    }

    @Test
    void gradient_atRandomPlaces_matchesCentralDifferences() {
        Matrix a = random(FLOAT64, 6, 4, 1);
        Matrix y = random(FLOAT64, 6, 4, 2);
        Gradients.assertLoss(loss, a, y);
        Gradients.assertFused(loss, new Identity(), a, y);
    }

    @Test
    void fuse_withIdentityOnly_isKnown() {
        assertTrue(loss.fuse(new Identity()).isPresent());
        assertTrue(loss.fuse(new Sigmoid()).isEmpty());
    }

    @Test
    void check_ofWhatFits_passes() {
        loss.check(Shape.of(3), target(Target.Form.VALUES, 3));
        loss.check(Shape.of(3), target(Target.Form.ONE_HOT, 3));
    }

    @Test
    void check_ofClassNumbers_advisesOneHot() {
        assertRefused(
                loss,
                10,
                target(Target.Form.CLASS_INDEX, 10),
                "quadratic compares numbers, but the target is a class number",
                "Add the transform one_hot, or use the loss cross_entropy.");
    }

    @Test
    void check_ofAnotherWidth_namesBoth() {
        assertRefused(
                loss,
                10,
                target(Target.Form.VALUES, 3),
                "the network has 10 outputs, but the target has 3 values",
                "Give the last layer units: 3.");
        assertRefused(
                loss,
                1,
                target(Target.Form.ONE_HOT, 3),
                "the network has 1 output, but the target has 3 classes",
                "Give the last layer units: 3.");
    }
}
