package dev.chainrule.model.layer;

import static dev.chainrule.model.testing.Matrices.FLOAT32;
import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.testing.Gradients;
import dev.chainrule.model.testing.Matrices;
import dev.chainrule.model.testing.TestLayer;
import dev.chainrule.model.testing.TestPass;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerNormTests {
    private static TestLayer layer(double epsilon, Kernels kernels) {
        TestLayer layer = new TestLayer(new LayerNorm(epsilon), Shape.of(2), kernels);
        layer.value("gamma").setRow(0, row(2, 4));
        layer.value("beta").setRow(0, row(10, -1));
        return layer;
    }

    @Test
    void forward_inBothModes_normalisesEachExampleByHand() {
        for (TestPass pass : new TestPass[] {TestPass.TRAINING, TestPass.INFERENCE}) {
            // Row (1, 7): mean 4, variance 9, with epsilon 16, so x̂ is ∓3/4. Row (5, 5): variance 0, x̂ is 0.
            Matrix out = layer(7, FLOAT64).forward(of(FLOAT64, row(1, 7), row(5, 5)), pass);
            Matrices.assertSame(of(FLOAT64, row(8.5, 2), row(10, -1)), out, "out");
        }
    }

    @Test
    void backward_afterForward_givesGradientsByHand() {
        TestLayer layer = layer(7, FLOAT64);
        layer.forward(of(FLOAT64, row(1, 7), row(5, 5)), TestPass.TRAINING);
        // Row 1: g = γ·delta = (4, 8), mean 6, mean of g·x̂ 1.5, so dx = (4 − 6 + 0.75·1.5) / 4. Row 2: (g − mean) /
        // √7.
        Matrix dx = layer.backward(of(FLOAT64, row(2, 2), row(1, 1)), TestPass.TRAINING);
        double root = Math.sqrt(7);
        Matrices.assertSame(of(FLOAT64, row(-0.21875, 0.21875), row(-1 / root, 1 / root)), dx, "dx");
        Matrices.assertSame(of(FLOAT64, row(-1.5, 1.5)), layer.gradient("gamma"), "gradient of gamma");
        Matrices.assertSame(of(FLOAT64, row(3, 3)), layer.gradient("beta"), "gradient of beta");
    }

    @Test
    void forward_ofALargeMean_keepsTheVariance() {
        // One pass over x² would lose every digit of a variance of 1 beside a mean of 2²⁰.
        Matrix out = layer(1e-20, FLOAT32).forward(of(FLOAT32, row(0x1p20 - 1, 0x1p20 + 1)), TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT32, row(8, 3)), out, "out");
    }

    @Test
    void forward_ofAnExampleInABatch_dependsOnItAlone() {
        TestLayer layer = layer(1e-5, FLOAT32);
        Matrix alone = Matrices.copy(FLOAT32, layer.forward(of(FLOAT32, row(0.1, 0.7)), TestPass.TRAINING));
        Matrix both = layer.forward(of(FLOAT32, row(-30, 2), row(0.1, 0.7)), TestPass.TRAINING);
        Matrices.assertSame(alone, of(FLOAT32, row(both.get(1, 0), both.get(1, 1))), "out");
    }

    @Test
    void gradients_ofSeveralSizes_matchCentralDifferences() {
        Gradients.assertLayer(new LayerNorm(1e-5), Shape.of(4), 7, TestPass.CHECK);
        Gradients.assertLayer(new LayerNorm(0.5), Shape.of(37), 2, TestPass.CHECK);
    }

    @Test
    void build_ofAnImageOrOneFeature_saysWhatToDo() {
        InputException image = misuse(Shape.of(28, 28, 1));
        assertEquals(
                "layer_norm normalises rows of features, but its input is [height 28, width 28, channels 1]",
                image.getMessage());
        assertEquals(List.of("Put a flatten layer before it."), image.notes());
        InputException one = misuse(Shape.of(1));
        assertEquals(
                "layer_norm normalises over the features, and its input has one: every output would be beta",
                one.getMessage());
        assertEquals(
                List.of("Put it where there are several features, or use batch_norm, which normalises over the batch."),
                one.notes());
    }

    @Test
    void forward_ofASequence_normalisesEachStep() {
        TestLayer layer = new TestLayer(new LayerNorm(7), Shape.of(2, 2), FLOAT64);
        Matrix out = layer.forward(of(FLOAT64, row(1, 7, 5, 5)), TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(-0.75, 0.75, 0, 0)), out, "out");
        assertEquals(Shape.of(2, 2), layer.nodes().get(0).output());
        Gradients.assertLayer(new LayerNorm(1e-5), Shape.of(3, 4), 2, TestPass.CHECK);
    }

    private static InputException misuse(Shape input) {
        return assertThrows(InputException.class, () -> new TestLayer(new LayerNorm(1e-5), input, FLOAT64));
    }

    @Test
    void epsilon_outsideItsRange_isRefused() {
        for (double epsilon : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            ParameterException problem = assertThrows(ParameterException.class, () -> new LayerNorm(epsilon));
            assertEquals("epsilon", problem.parameter());
            assertEquals("a finite number above 0", problem.allowed());
        }
    }
}
