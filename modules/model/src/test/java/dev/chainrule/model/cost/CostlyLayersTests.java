package dev.chainrule.model.cost;

import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.testing.Matrices;
import dev.chainrule.model.testing.TestPass;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Test activity_regularizer and sample on numbers that a reader can compute by hand. */
final class CostlyLayersTests {
    private static final RandomStream STREAM = RandomStream.of(1, "layer.noise");

    private final SampleJoin sample = new SampleJoin(0.5, Shape.of(2), STREAM, FLOAT64);

    @Test
    void activity_ofTwoExamples_costsByRowAndAddsItsGradient() {
        ActivityNode node = new ActivityNode(0.5, 1, Shape.of(2), FLOAT64);
        Matrix x = of(FLOAT64, row(1, -2), row(0, 4));
        Matrix out = FLOAT64.matrix(2, 2);
        node.forward(x, out, TestPass.TRAINING);
        Matrices.assertSame(x, out, "out");
        // 0.5·3 + ½·5 and 0.5·4 + ½·16
        Matrices.assertSame(of(FLOAT64, row(4), row(10)), node.costs(), "costs");
        Matrix dx = FLOAT64.matrix(2, 2);
        node.backward(x, out, of(FLOAT64, row(10, 20), row(30, 40)), dx, TestPass.TRAINING);
        // (0.5·sign(x) + x)/2 more
        Matrices.assertSame(of(FLOAT64, row(10.75, 18.75), row(30, 42.25)), dx, "dx");
    }

    /** With log σ² = 0 the divergence is ½·μ², and z − μ is the noise itself. */
    @Test
    void sample_whileTraining_addsNoiseAndCostsTheDivergence() {
        List<Matrix> xs = List.of(of(FLOAT64, row(1, 2)), of(FLOAT64, row(0, 0)));
        Matrix noise = FLOAT64.matrix(1, 2);
        FLOAT64.drawNoise(STREAM, TestPass.TRAINING.epoch(), TestPass.TRAINING.position(), 1, noise);
        Matrix z = FLOAT64.matrix(1, 2);
        sample.forward(xs, z, TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(1 + noise.get(0, 0), 2 + noise.get(0, 1))), z, "z");
        Matrices.assertSame(of(FLOAT64, row(0.5 * 2.5)), sample.costs(), "weight 0.5 times ½·(1 + 4)");
        Matrix delta = of(FLOAT64, row(10, 20));
        Matrix dx = FLOAT64.matrix(1, 2);
        sample.backward(xs, z, delta, 0, dx, TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(10.5, 21)), dx, "delta + weight·μ");
        sample.backward(xs, z, delta, 1, dx, TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(5 * noise.get(0, 0), 10 * noise.get(0, 1))), dx, "½·delta·ε");
    }

    @Test
    void sample_atInference_isTheMean() {
        List<Matrix> xs = List.of(of(FLOAT64, row(1, 2)), of(FLOAT64, row(3, 4)));
        Matrix z = FLOAT64.matrix(1, 2);
        sample.forward(xs, z, TestPass.INFERENCE);
        Matrices.assertSame(xs.get(0), z, "z");
        Matrix delta = of(FLOAT64, row(10, 20));
        Matrix dx = FLOAT64.matrix(1, 2);
        sample.backward(xs, z, delta, 0, dx, TestPass.INFERENCE);
        Matrices.assertSame(delta, dx, "of the mean");
        sample.backward(xs, z, delta, 1, dx, TestPass.INFERENCE);
        Matrices.assertSame(of(FLOAT64, row(0, 0)), dx, "of the log variance");
    }

    @Test
    void withAdded_severalLayers_addsTheMeanOfEachInTheirOrder() {
        Network network = Network.build(
                List.of(
                        new NamedLayer(Optional.empty(), new ActivityRegularizer(1, 0)),
                        new NamedLayer(Optional.empty(), new Sample(2))),
                Shape.of(2),
                FLOAT64,
                1);
        network.forward(of(FLOAT64, row(3, 0), row(1, 0)), TestPass.TRAINING);
        // ½·(3 + 1), then ½·(2·½·9 + 2·½·1)
        assertEquals(100 + 2 + 5, network.addedCosts().addTo(100));
        assertEquals(
                List.of("activity_regularizer_1 (activity)", "sample_1 (KL divergence)"),
                network.addedCosts().labels());
        assertEquals(Shape.of(1), network.output());
    }
}
