package dev.chainrule.builtin.layer;

import static dev.chainrule.builtin.Matrices.FLOAT64;
import static dev.chainrule.builtin.Matrices.of;
import static dev.chainrule.builtin.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.Gradients;
import dev.chainrule.builtin.Matrices;
import dev.chainrule.builtin.TestLayer;
import dev.chainrule.builtin.TestPass;
import dev.chainrule.builtin.activation.Relu;
import dev.chainrule.builtin.activation.Tanh;
import dev.chainrule.math.Matrix;
import org.junit.jupiter.api.Test;

/** Test the layers without parameters: flatten and activation. */
class ShapeLayersTests {
    @Test
    void flatten_ofAnImage_keepsTheElements() {
        TestLayer layer = new TestLayer(new Flatten(), Shape.of(1, 2, 2), FLOAT64);
        Matrix x = of(FLOAT64, row(1, 2, 3, 4));
        assertEquals(Shape.of(4), layer.nodes().get(0).output());
        assertEquals("flatten", layer.nodes().get(0).label());
        Matrices.assertSame(x, layer.forward(x, TestPass.TRAINING), "out");
        Gradients.assertLayer(new Flatten(), Shape.of(3, 2), 4, TestPass.CHECK);
    }

    @Test
    void activation_ofAnImage_keepsTheShape() {
        TestLayer layer = new TestLayer(new ActivationLayer(new Relu()), Shape.of(1, 2, 2), FLOAT64);
        assertEquals(Shape.of(1, 2, 2), layer.nodes().get(0).output());
        assertEquals("relu", layer.nodes().get(0).label());
        Matrix out = layer.forward(of(FLOAT64, row(-1, 2, 0, 4)), TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(0, 2, 0, 4)), out, "out");
        Gradients.assertLayer(new ActivationLayer(new Tanh()), Shape.of(3, 2), 4, TestPass.CHECK);
    }
}
