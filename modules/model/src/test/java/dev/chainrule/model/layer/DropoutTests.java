package dev.chainrule.model.layer;

import static dev.chainrule.model.testing.Matrices.FLOAT32;
import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.copy;
import static dev.chainrule.model.testing.Matrices.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import dev.chainrule.model.testing.Gradients;
import dev.chainrule.model.testing.Matrices;
import dev.chainrule.model.testing.TestLayer;
import dev.chainrule.model.testing.TestPass;
import org.junit.jupiter.api.Test;

class DropoutTests {
    private static final int COLUMNS = 50;

    private static Matrix ones(Kernels kernels, int rows) {
        Matrix x = kernels.matrix(rows, COLUMNS);
        x.fill(1);
        return x;
    }

    private static TestLayer layer(double rate, Kernels kernels) {
        return new TestLayer(new Dropout(rate), Shape.of(COLUMNS), kernels);
    }

    @Test
    void forward_whileTraining_dropsOrScales() {
        Matrix out = layer(0.2, FLOAT64).forward(ones(FLOAT64, 200), TestPass.TRAINING);
        int dropped = 0;
        for (int i = 0; i < out.rows(); i++) {
            for (int j = 0; j < COLUMNS; j++) {
                assertTrue(out.get(i, j) == 0 || out.get(i, j) == 1.25, "out is " + out.get(i, j));
                dropped += out.get(i, j) == 0 ? 1 : 0;
            }
        }
        // 10,000 draws of probability 0.2: five standard deviations of √(n·p·q) = 40.
        assertEquals(2000, dropped, 200);
    }

    @Test
    void forward_atAPlace_drawsTheDocumentedMask() {
        Matrix out = layer(0.4, FLOAT64).forward(ones(FLOAT64, 3), TestPass.at(7, 100));
        for (int i = 0; i < 3; i++) {
            Draws draws = RandomStream.of(1, "layer.mask").at(7, 100 + i);
            for (int j = 0; j < COLUMNS; j++) {
                assertEquals(draws.uniform24() < 0.4 ? 0 : 1 / 0.6, out.get(i, j));
            }
        }
    }

    @Test
    void forward_ofOtherBatches_givesEachExampleTheSameMask() {
        TestLayer layer = layer(0.5, FLOAT64);
        Matrix whole = copy(FLOAT64, layer.forward(ones(FLOAT64, 6), TestPass.at(2, 0)));
        Matrix part = layer.forward(ones(FLOAT64, 2), TestPass.at(2, 3));
        for (int j = 0; j < COLUMNS; j++) {
            assertEquals(whole.get(3, j), part.get(0, j));
            assertEquals(whole.get(4, j), part.get(1, j));
        }
    }

    @Test
    void forward_inAnotherEpochOrRow_drawsAnotherMask() {
        TestLayer layer = layer(0.5, FLOAT64);
        Matrix first = copy(FLOAT64, layer.forward(ones(FLOAT64, 2), TestPass.at(0, 0)));
        Matrix second = layer.forward(ones(FLOAT64, 2), TestPass.at(1, 0));
        assertNotEquals(maskOf(first, 0), maskOf(first, 1));
        assertNotEquals(maskOf(first, 0), maskOf(second, 0));
    }

    private static String maskOf(Matrix out, int row) {
        StringBuilder text = new StringBuilder();
        for (int j = 0; j < out.columns(); j++) {
            text.append(out.get(row, j) == 0 ? '0' : '1');
        }
        return text.toString();
    }

    @Test
    void forward_inBothPrecisions_dropsTheSame() {
        Matrix doubles = layer(0.3, FLOAT64).forward(ones(FLOAT64, 4), TestPass.TRAINING);
        Matrix floats = layer(0.3, FLOAT32).forward(ones(FLOAT32, 4), TestPass.TRAINING);
        for (int i = 0; i < 4; i++) {
            assertEquals(maskOf(doubles, i), maskOf(floats, i));
        }
    }

    @Test
    void forwardAndBackward_atInference_areTheIdentity() {
        TestLayer layer = layer(0.5, FLOAT64);
        Matrix x = random(FLOAT64, 4, COLUMNS, 1);
        Matrices.assertSame(x, layer.forward(x, TestPass.INFERENCE), "out");
        Matrices.assertSame(x, layer.backward(x, TestPass.INFERENCE), "dx");
    }

    @Test
    void forward_ofRateZero_isTheIdentity() {
        Matrix x = random(FLOAT64, 4, COLUMNS, 1);
        Matrices.assertSame(x, layer(0, FLOAT64).forward(x, TestPass.TRAINING), "out");
    }

    @Test
    void backward_whileTraining_usesTheMaskOfForward() {
        Gradients.assertLayer(new Dropout(0.5), Shape.of(2, 3), 5, TestPass.at(1, 20));
    }

    @Test
    void build_always_keepsTheShape() {
        TestLayer layer = new TestLayer(new Dropout(0.5), Shape.of(5, 10, 1), FLOAT64);
        assertEquals(Shape.of(5, 10, 1), layer.nodes().get(0).output());
    }

    @Test
    void rate_outsideItsRange_isRefused() {
        for (double rate : new double[] {1, -0.1, Double.NaN}) {
            ParameterException problem = assertThrows(ParameterException.class, () -> new Dropout(rate));
            assertEquals("rate", problem.parameter());
            assertEquals("0 or more and below 1", problem.allowed());
        }
    }
}
