package dev.chainrule.model.layer;

import static dev.chainrule.model.testing.Matrices.FLOAT32;
import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.random;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.testing.Gradients;
import dev.chainrule.model.testing.Matrices;
import dev.chainrule.model.testing.TestLayer;
import dev.chainrule.model.testing.TestPass;
import org.junit.jupiter.api.Test;

class GroupNormTests {
    @Test
    void forward_inBothModes_normalisesEachGroupByHand() {
        for (TestPass pass : new TestPass[] {TestPass.TRAINING, TestPass.INFERENCE}) {
            // Channels 0 and 1: 1, 1, 7, 7, mean 4, variance 9, with epsilon 16; channels 2 and 3: 5 everywhere.
            TestLayer layer = new TestLayer(new GroupNorm(2, 7), Shape.of(2, 1, 4), FLOAT64);
            layer.value("gamma").setRow(0, row(4, 8, 1, 1));
            layer.value("beta").setRow(0, row(0, 1, 2, 3));
            Matrix out = layer.forward(of(FLOAT64, row(1, 7, 5, 5, 7, 1, 5, 5)), pass);
            Matrices.assertSame(of(FLOAT64, row(-3, 7, 2, 3, 3, -5, 2, 3)), out, "out");
        }
    }

    @Test
    void forward_ofOneGroupOfFeatures_isLayerNorm() {
        Matrix x = random(FLOAT32, 3, 37, 1);
        Matrix expected = new TestLayer(new LayerNorm(1e-5), Shape.of(37), FLOAT32).forward(x, TestPass.TRAINING);
        TestLayer layer = new TestLayer(new GroupNorm(1, 1e-5), Shape.of(37), FLOAT32);
        Matrices.assertSame(expected, layer.forward(x, TestPass.TRAINING), "out");
    }

    @Test
    void gradients_ofSeveralShapes_matchCentralDifferences() {
        Gradients.assertLayer(new GroupNorm(2, 1e-5), Shape.of(3, 2, 4), 3, TestPass.CHECK);
        Gradients.assertLayer(new GroupNorm(3, 0.5), Shape.of(4, 3), 2, TestPass.CHECK);
        Gradients.assertLayer(new GroupNorm(2, 1e-5), Shape.of(6), 2, TestPass.CHECK);
    }

    @Test
    void build_ofMisuse_saysWhatToDo() {
        assertEquals("groups is 3, which does not divide the 4 channels of the input", misuse(3, Shape.of(2, 2, 4)));
        assertEquals("each group has one number: every output would be beta", misuse(4, Shape.of(4)));
        assertThrows(ParameterException.class, () -> new GroupNorm(0, 1e-5));
        assertThrows(ParameterException.class, () -> new GroupNorm(1, 0));
    }

    private static String misuse(int groups, Shape input) {
        return assertThrows(InputException.class, () -> new TestLayer(new GroupNorm(groups, 1e-5), input, FLOAT64))
                .getMessage();
    }
}
