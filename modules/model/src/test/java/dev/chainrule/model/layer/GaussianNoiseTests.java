package dev.chainrule.model.layer;

import static dev.chainrule.model.testing.Matrices.FLOAT32;
import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.copy;
import static dev.chainrule.model.testing.Matrices.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

class GaussianNoiseTests {
    private static final int COLUMNS = 50;

    private static TestLayer layer(double std, Kernels kernels) {
        return new TestLayer(new GaussianNoise(std), Shape.of(COLUMNS), kernels);
    }

    @Test
    void forward_atAPlace_addsTheDocumentedDraws() {
        Matrix x = random(FLOAT64, 3, COLUMNS, 1);
        Matrix out = layer(0.4, FLOAT64).forward(x, TestPass.at(7, 100));
        for (int i = 0; i < 3; i++) {
            Draws draws = RandomStream.of(1, "layer.noise").at(7, 100 + i);
            for (int j = 0; j < COLUMNS; j++) {
                assertEquals(0.4 * draws.noise() + x.get(i, j), out.get(i, j));
            }
        }
    }

    @Test
    void forward_whileTraining_addsNoiseOfTheDeviation() {
        int rows = 200;
        Matrix out = layer(0.5, FLOAT64).forward(FLOAT64.matrix(rows, COLUMNS), TestPass.TRAINING);
        // 10,000 draws: their mean deviates by 0.5/√10,000 = 0.005, their mean square, 0.25, by 0.25·√(2/10,000) =
        // 0.0035.
        // Five of each are allowed.
        assertEquals(0, FLOAT64.sum(out) / out.size(), 0.025);
        assertEquals(0.25, FLOAT64.sumOfSquares(out) / out.size(), 0.0175);
    }

    @Test
    void forward_ofOtherBatches_givesEachExampleTheSameNoise() {
        TestLayer layer = layer(0.5, FLOAT64);
        Matrix whole = copy(FLOAT64, layer.forward(FLOAT64.matrix(6, COLUMNS), TestPass.at(2, 0)));
        Matrix part = layer.forward(FLOAT64.matrix(2, COLUMNS), TestPass.at(2, 3));
        for (int j = 0; j < COLUMNS; j++) {
            assertEquals(whole.get(3, j), part.get(0, j));
            assertEquals(whole.get(4, j), part.get(1, j));
            assertNotEquals(whole.get(0, j), whole.get(1, j));
        }
    }

    @Test
    void forward_inFloat32_roundsTheNoiseOnce() {
        Matrix doubles = layer(0.3, FLOAT64).forward(FLOAT64.matrix(4, COLUMNS), TestPass.TRAINING);
        Matrix floats = layer(0.3, FLOAT32).forward(FLOAT32.matrix(4, COLUMNS), TestPass.TRAINING);
        Matrices.assertSame(copy(FLOAT32, doubles), floats, "out");
    }

    @Test
    void forwardAndBackward_atInference_areTheIdentity() {
        TestLayer layer = layer(0.5, FLOAT64);
        Matrix x = random(FLOAT64, 4, COLUMNS, 1);
        Matrices.assertSame(x, layer.forward(x, TestPass.INFERENCE), "out");
        Matrices.assertSame(x, layer.backward(x, TestPass.INFERENCE), "dx");
    }

    @Test
    void forward_ofDeviationZero_isTheIdentity() {
        Matrix x = random(FLOAT64, 4, COLUMNS, 1);
        Matrices.assertSame(x, layer(0, FLOAT64).forward(x, TestPass.TRAINING), "out");
    }

    @Test
    void backward_whileTraining_matchesCentralDifferences() {
        Gradients.assertLayer(new GaussianNoise(0.5), Shape.of(2, 3), 5, TestPass.at(1, 20));
    }

    @Test
    void build_always_keepsTheShape() {
        TestLayer layer = new TestLayer(new GaussianNoise(0.5), Shape.of(5, 10, 1), FLOAT64);
        assertEquals(Shape.of(5, 10, 1), layer.nodes().get(0).output());
    }

    @Test
    void std_outsideItsRange_isRefused() {
        for (double std : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            ParameterException problem = assertThrows(ParameterException.class, () -> new GaussianNoise(std));
            assertEquals("std", problem.parameter());
            assertEquals("a finite number, 0 or more", problem.allowed());
        }
    }
}
