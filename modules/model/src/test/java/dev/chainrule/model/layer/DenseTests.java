package dev.chainrule.model.layer;

import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Activation;
import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Regularizer;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.activation.Identity;
import dev.chainrule.model.activation.Sigmoid;
import dev.chainrule.model.activation.Softmax;
import dev.chainrule.model.activation.Tanh;
import dev.chainrule.model.initializer.Values;
import dev.chainrule.model.initializer.XavierUniform;
import dev.chainrule.model.initializer.Zeros;
import dev.chainrule.model.testing.Gradients;
import dev.chainrule.model.testing.Matrices;
import dev.chainrule.model.testing.TestLayer;
import dev.chainrule.model.testing.TestPass;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenseTests {
    private static final Trainable BOTH = Trainable.TRUE;

    /** A regularizer that adds nothing to the cost. */
    private record Free() implements Regularizer {
        @Override
        public double cost(Matrix w, long n, Kernels kernels) {
            return 0;
        }

        @Override
        public void addGradient(Matrix w, long n, Matrix gradient, Kernels kernels) {}
    }

    private static Dense dense(int units, Activation activation) {
        return new Dense(units, activation, new XavierUniform(), new Zeros(), Optional.empty(), BOTH, true);
    }

    private static Dense dense(Trainable trainable, boolean useBias) {
        return new Dense(
                2, new Identity(), new XavierUniform(), new Zeros(), Optional.of(new Free()), trainable, useBias);
    }

    @Test
    void forwardAndBackward_byHand_areBp2Bp3Bp4() {
        Dense dense = new Dense(
                2,
                new Identity(),
                new Values(List.of(List.of(1.0, 2.0), List.of(3.0, 4.0), List.of(5.0, 6.0))),
                new Values(List.of(List.of(0.5, -0.5))),
                Optional.empty(),
                BOTH,
                true);
        TestLayer layer = new TestLayer(dense, Shape.of(3), FLOAT64);
        Matrix x = of(FLOAT64, row(1, 0, 2), row(0, 1, -1));
        Matrices.assertSame(of(FLOAT64, row(11.5, 13.5), row(-1.5, -2.5)), layer.forward(x, TestPass.TRAINING), "z");

        Matrix dx = layer.backward(of(FLOAT64, row(1, 0), row(2, 10)), TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(3, 10)), layer.gradient("biases"), "BP3");
        Matrices.assertSame(of(FLOAT64, row(1, 0), row(2, 10), row(0, -10)), layer.gradient("weights"), "BP4");
        Matrices.assertSame(of(FLOAT64, row(1, 3, 5), row(22, 46, 70)), dx, "delta·wᵀ");
    }

    @Test
    void gradients_ofSeveralActivations_matchCentralDifferences() {
        Gradients.assertLayer(dense(4, new Identity()), Shape.of(5), 6, TestPass.CHECK);
        Gradients.assertLayer(dense(4, new Sigmoid()), Shape.of(5), 6, TestPass.CHECK);
        Gradients.assertLayer(dense(3, new Softmax()), Shape.of(5), 6, TestPass.CHECK);
        Gradients.assertLayer(dense(1, new Tanh()), Shape.of(1), 1, TestPass.CHECK);
        Gradients.assertLayer(dense(BOTH, false), Shape.of(5), 6, TestPass.CHECK);
    }

    @Test
    void build_ofAnImage_flattensIt() {
        TestLayer layer = new TestLayer(dense(10, new Identity()), Shape.of(2, 3, 4), FLOAT64);
        assertEquals("[24, 10]", layer.value("weights").shape());
        assertEquals("[1, 10]", layer.value("biases").shape());
    }

    @Test
    void forward_ofASequence_computesEachStepAlone() {
        TestLayer layer = new TestLayer(dense(2, new Identity()), Shape.of(2, 3), FLOAT64);
        assertEquals(Shape.of(2, 2), layer.nodes().get(1).output());
        layer.value("weights").copyFrom(of(FLOAT64, row(1, 0), row(0, 1), row(1, 2)));
        layer.value("biases").setRow(0, row(10, 20));
        Matrix x = of(FLOAT64, row(1, 2, 3, 4, 5, 6));
        Matrices.assertSame(of(FLOAT64, row(14, 28, 20, 37)), layer.forward(x, TestPass.TRAINING), "out");
        Matrix dx = layer.backward(of(FLOAT64, row(1, 0, 0, 1)), TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(1, 0, 1, 0, 1, 2)), dx, "dx");
        Matrices.assertSame(of(FLOAT64, row(1, 4), row(2, 5), row(3, 6)), layer.gradient("weights"), "∂C/∂w");
        Matrices.assertSame(of(FLOAT64, row(1, 1)), layer.gradient("biases"), "∂C/∂b");
        assertEquals(
                2 * layer.nodes().get(0).output().size() * 3 + 4,
                layer.nodes().get(0).flops());
    }

    @Test
    void gradients_ofASequence_matchCentralDifferences() {
        Gradients.assertLayer(dense(4, new Tanh()), Shape.of(5, 3), 3, TestPass.CHECK);
        Gradients.assertLayer(dense(4, new Softmax()), Shape.of(5, 3), 3, TestPass.CHECK);
    }

    @Test
    void build_always_givesAnAffineAndAnActivationNode() {
        Sigmoid sigmoid = new Sigmoid();
        List<Node> nodes = new TestLayer(dense(10, sigmoid), Shape.of(3), FLOAT64).nodes();
        assertEquals(
                List.of("affine", "sigmoid"), nodes.stream().map(Node::label).toList());
        assertEquals(Shape.of(10), nodes.get(0).output());
        assertEquals(Shape.of(10), nodes.get(1).output());
        assertSame(sigmoid, ((ActivationNode) nodes.get(1)).activation());
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "weights", "biases"})
    void trainable_ofEachForm_marksTheParameters(String text) {
        Trainable trainable = Trainable.valueOf(text.toUpperCase(Locale.ROOT));
        assertEquals(text, trainable.toString());
        TestLayer layer = new TestLayer(dense(trainable, true), Shape.of(3), FLOAT64);
        assertEquals(
                text.equals("true") || text.equals("weights"),
                layer.parameters().get("weights").trainable());
        assertEquals(
                text.equals("true") || text.equals("biases"),
                layer.parameters().get("biases").trainable());
    }

    @Test
    void regularizer_whenGiven_isOnTheWeightsOnly() {
        TestLayer layer = new TestLayer(dense(BOTH, true), Shape.of(3), FLOAT64);
        Optional<Regularizer> expected = Optional.of(new Free());
        assertEquals(expected, layer.parameters().get("weights").regularizer());
        assertEquals(Optional.empty(), layer.parameters().get("biases").regularizer());
    }

    @Test
    void useBias_whenFalse_leavesTheBiasesOut() {
        TestLayer layer = new TestLayer(dense(Trainable.WEIGHTS, false), Shape.of(3), FLOAT64);
        assertTrue(layer.parameters().containsKey("weights"));
        assertFalse(layer.parameters().containsKey("biases"));
        ParameterException problem = assertThrows(ParameterException.class, () -> dense(Trainable.BIASES, false));
        assertEquals("trainable is biases", problem.getMessage());
        assertEquals("true, false or weights, as use_bias is false", problem.allowed());
    }

    @Test
    void units_ofZero_areRefused() {
        ParameterException problem = assertThrows(ParameterException.class, () -> dense(0, new Identity()));
        assertEquals("units is 0", problem.getMessage());
        assertEquals("1 or more", problem.allowed());
    }

    @Test
    void values_ofAnotherShape_areRefusedWithBothShapes() {
        Dense dense = new Dense(
                2, new Identity(), new Values(List.of(List.of(1.0))), new Zeros(), Optional.empty(), BOTH, true);
        InputException problem = assertThrows(InputException.class, () -> new TestLayer(dense, Shape.of(3), FLOAT64));
        assertEquals("values are [1, 1], but the parameter is [3, 2]", problem.getMessage());
    }
}
