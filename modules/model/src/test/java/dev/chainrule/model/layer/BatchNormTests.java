package dev.chainrule.model.layer;

import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.assertClose;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.testing.Gradients;
import dev.chainrule.model.testing.Matrices;
import dev.chainrule.model.testing.TestLayer;
import dev.chainrule.model.testing.TestPass;
import org.junit.jupiter.api.Test;

class BatchNormTests {
    // A few roundings in float64.
    private static final double EXACT = 1e-15;

    private static TestLayer layer(double momentum, double epsilon) {
        return new TestLayer(new BatchNorm(momentum, epsilon), Shape.of(2), FLOAT64);
    }

    @Test
    void forward_whileTraining_normalisesByHand() {
        TestLayer layer = layer(0.9, 1);
        layer.value("gamma").setRow(0, row(2, 1));
        layer.value("beta").setRow(0, row(10, -1));
        // Column (1, 5): mean 3, variance 4, with epsilon 5. Column (5, 5): mean 5, variance 0, with epsilon 1.
        Matrix out = layer.forward(of(FLOAT64, row(1, 5), row(5, 5)), TestPass.TRAINING);
        double root = Math.sqrt(5);
        assertClose(of(FLOAT64, row(10 - 4 / root, -1), row(10 + 4 / root, -1)), out, EXACT, "out");
    }

    @Test
    void forward_whileTraining_letsRunningStatisticsFollow() {
        TestLayer layer = layer(0.75, 1e-5);
        layer.forward(of(FLOAT64, row(1, 5), row(5, 5)), TestPass.TRAINING);
        assertClose(of(FLOAT64, row(0.75, 1.25)), layer.buffer("running_mean"), EXACT, "running mean");
        assertClose(of(FLOAT64, row(1.75, 0.75)), layer.buffer("running_variance"), EXACT, "running variance");
    }

    @Test
    void forward_ofAGradientCheck_leavesNoTraces() {
        TestLayer layer = layer(0.75, 1e-5);
        layer.forward(of(FLOAT64, row(1, 5), row(5, 5)), TestPass.CHECK);
        layer.forward(of(FLOAT64, row(1, 5), row(5, 5)), TestPass.INFERENCE);
        Matrices.assertSame(of(FLOAT64, row(0, 0)), layer.buffer("running_mean"), "running mean");
        Matrices.assertSame(of(FLOAT64, row(1, 1)), layer.buffer("running_variance"), "running variance");
    }

    @Test
    void forward_atInference_usesRunningStatistics() {
        TestLayer layer = layer(0.9, 1);
        layer.buffer("running_mean").setRow(0, row(1, -2));
        layer.buffer("running_variance").setRow(0, row(3, 8));
        layer.value("gamma").setRow(0, row(4, 3));
        Matrix out = layer.forward(of(FLOAT64, row(2, 4)), TestPass.INFERENCE);
        assertClose(of(FLOAT64, row(2, 6)), out, EXACT, "out");
    }

    @Test
    void forwardAndBackward_ofOneExample_giveBetaAndNoGradient() {
        TestLayer layer = layer(0.5, 1e-5);
        layer.value("beta").setRow(0, row(7, 8));
        Matrix out = layer.forward(of(FLOAT64, row(3, 4)), TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(7, 8)), out, "out");
        Matrices.assertSame(of(FLOAT64, row(0.5, 0.5)), layer.buffer("running_variance"), "running variance");
        Matrix dx = layer.backward(of(FLOAT64, row(1, 2)), TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(0, 0)), dx, "dx");
        Matrices.assertSame(of(FLOAT64, row(1, 2)), layer.gradient("beta"), "gradient of beta");
        Matrices.assertSame(of(FLOAT64, row(0, 0)), layer.gradient("gamma"), "gradient of gamma");
    }

    @Test
    void gradients_inBothModes_matchCentralDifferences() {
        Gradients.assertLayer(new BatchNorm(0.9, 1e-5), Shape.of(4), 7, TestPass.CHECK);
        Gradients.assertLayer(new BatchNorm(0.9, 0.5), Shape.of(4), 2, TestPass.CHECK);
        Gradients.assertLayer(new BatchNorm(0.9, 1e-5), Shape.of(4), 7, TestPass.INFERENCE);
    }

    @Test
    void forward_ofALargeMean_keepsTheVariance() {
        // One pass over x² would lose every digit of a variance of 1 beside a mean of 10⁹.
        TestLayer layer = layer(0, 1e-5);
        layer.forward(of(FLOAT64, row(1e9 - 1, 0), row(1e9 + 1, 0)), TestPass.TRAINING);
        assertEquals(1, layer.buffer("running_variance").get(0, 0));
    }

    /** Channel 1 has the numbers 1, 7, 1, 7, mean 4 and variance 9, channel 2 four times 5. */
    @Test
    void forward_ofImagesAndSequences_normalisesEachChannelOverAllPlaces() {
        for (Shape input : new Shape[] {Shape.of(1, 2, 2), Shape.of(2, 1, 2), Shape.of(2, 2)}) {
            TestLayer layer = new TestLayer(new BatchNorm(0.5, 7), input, FLOAT64);
            assertEquals(input, layer.nodes().get(0).output());
            Matrix out = layer.forward(of(FLOAT64, row(1, 5, 7, 5), row(1, 5, 7, 5)), TestPass.TRAINING);
            Matrices.assertSame(of(FLOAT64, row(-0.75, 0, 0.75, 0), row(-0.75, 0, 0.75, 0)), out, "out");
            Matrices.assertSame(of(FLOAT64, row(2, 2.5)), layer.buffer("running_mean"), "running mean");
            Matrices.assertSame(of(FLOAT64, row(5, 0.5)), layer.buffer("running_variance"), "running variance");
            assertFalse(layer.nodes().get(0).usesBatchStatistics(), "an example has statistics of its own");
        }
        Gradients.assertLayer(new BatchNorm(0.9, 1e-5), Shape.of(3, 4, 2), 3, TestPass.CHECK);
        Gradients.assertLayer(new BatchNorm(0.9, 1e-5), Shape.of(5, 2), 1, TestPass.CHECK);
        assertTrue(new TestLayer(new BatchNorm(0.9, 1e-5), Shape.of(1, 1, 2), FLOAT64)
                .nodes()
                .get(0)
                .usesBatchStatistics());
    }

    @Test
    void parameters_outsideTheirRange_areRefused() {
        assertEquals(
                "momentum",
                assertThrows(ParameterException.class, () -> new BatchNorm(1, 1e-5))
                        .parameter());
        assertEquals(
                "momentum",
                assertThrows(ParameterException.class, () -> new BatchNorm(-1, 1e-5))
                        .parameter());
        assertEquals(
                "epsilon",
                assertThrows(ParameterException.class, () -> new BatchNorm(0.9, 0))
                        .parameter());
    }
}
