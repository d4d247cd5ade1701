package dev.chainrule.model.layer;

import static dev.chainrule.model.testing.Matrices.FLOAT32;
import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.random;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.activation.LeakyRelu;
import dev.chainrule.model.testing.Gradients;
import dev.chainrule.model.testing.Matrices;
import dev.chainrule.model.testing.TestLayer;
import dev.chainrule.model.testing.TestPass;
import org.junit.jupiter.api.Test;

class PreluTests {
    /** Two pixels of two channels, whose slopes are 0.5 and -2. */
    @Test
    void forwardAndBackward_ofAnImage_areThoseByHand() {
        TestLayer layer = new TestLayer(new Prelu(0.25), Shape.of(1, 2, 2), FLOAT64);
        Matrices.assertSame(of(FLOAT64, row(0.25, 0.25)), layer.value("slopes"), "initial slopes");
        layer.value("slopes").setRow(0, row(0.5, -2));
        Matrix out = layer.forward(of(FLOAT64, row(-4, 3, 8, -1)), TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(-2, 3, 8, 2)), out, "out");
        Matrix dx = layer.backward(of(FLOAT64, row(10, 20, 30, 40)), TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(5, 20, 30, -80)), dx, "dx");
        Matrices.assertSame(of(FLOAT64, row(-40, -40)), layer.gradient("slopes"), "gradient of slopes");
    }

    @Test
    void forward_ofOneSlope_isLeakyRelu() {
        Matrix x = random(FLOAT32, 3, 37, 1);
        Matrix expected = Gradients.activate(new LeakyRelu(0.25), x, FLOAT32);
        TestLayer layer = new TestLayer(new Prelu(0.25), Shape.of(37), FLOAT32);
        Matrices.assertSame(expected, layer.forward(x, TestPass.INFERENCE), "out");
    }

    @Test
    void backward_atTheKink_takesTheSlope() {
        TestLayer layer = new TestLayer(new Prelu(0.25), Shape.of(1), FLOAT64);
        layer.forward(of(FLOAT64, row(0)), TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(2)), layer.backward(of(FLOAT64, row(8)), TestPass.TRAINING), "dx");
        Matrices.assertSame(of(FLOAT64, row(0)), layer.gradient("slopes"), "gradient of the slope");
    }

    @Test
    void gradients_ofSeveralShapes_matchCentralDifferences() {
        Gradients.assertLayer(new Prelu(0.25), Shape.of(3, 2, 4), 3, TestPass.CHECK);
        Gradients.assertLayer(new Prelu(-1), Shape.of(4, 3), 2, TestPass.CHECK);
        Gradients.assertLayer(new Prelu(0), Shape.of(6), 5, TestPass.CHECK);
    }

    @Test
    void prelu_ofASlopeThatIsNotFinite_isRefused() {
        ParameterException problem = assertThrows(ParameterException.class, () -> new Prelu(Double.NaN));
        assertEquals("slope", problem.parameter());
        assertEquals("a finite number", problem.allowed());
        assertThrows(ParameterException.class, () -> new Prelu(Double.POSITIVE_INFINITY));
    }
}
