package dev.chainrule.model.shape;

import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Axis;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.activation.Relu;
import dev.chainrule.model.activation.Softmax;
import dev.chainrule.model.activation.Tanh;
import dev.chainrule.model.layer.ActivationLayer;
import dev.chainrule.model.testing.Gradients;
import dev.chainrule.model.testing.Matrices;
import dev.chainrule.model.testing.TestLayer;
import dev.chainrule.model.testing.TestPass;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Test the layers without parameters: flatten, reshape, permute and activation. */
class ShapeLayersTests {
    @Test
    void reshape_withARest_infersItAndKeepsTheElements() {
        TestLayer layer = new TestLayer(reshape("3", "rest"), Shape.of(2, 3, 2), FLOAT64);
        Matrix x = of(FLOAT64, row(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
        assertEquals(Shape.of(3, 4), layer.nodes().get(0).output());
        Matrices.assertSame(x, layer.forward(x, TestPass.TRAINING), "out");
        Gradients.assertLayer(reshape("rest"), Shape.of(3, 2), 4, TestPass.CHECK);
    }

    @Test
    void reshape_toAnotherSize_saysWhatFits() {
        InputException product = misuse(reshape("5", "3"), Shape.of(4, 4));
        assertEquals("to is [5, 3], but the input [steps 4, features 4] has 16 numbers, not 15", product.getMessage());
        assertEquals(List.of("Use lengths whose product is 16."), product.notes());
        assertEquals(
                "to is [rest, 3], but the input [features 16] has 16 numbers, which is not a multiple of 3",
                misuse(reshape("rest", "3"), Shape.of(16)).getMessage());
        assertEquals(
                "to is [999999999, 999999999, 10], but the input [features 16] has 16 numbers, not 9999999980000000010",
                misuse(reshape("999999999", "999999999", "10"), Shape.of(16)).getMessage());
    }

    @Test
    void reshape_ofBadLengths_isRefused() {
        assertEquals("one to three lengths", refused(() -> reshape()).allowed());
        assertEquals(
                "one to three lengths",
                refused(() -> reshape("1", "1", "1", "1")).allowed());
        assertEquals(
                "lengths, of which one may be rest",
                refused(() -> reshape("rest", "rest")).allowed());
        for (String side : new String[] {"0", "-1", "1.5", "1234567890", ""}) {
            assertEquals(
                    "'" + side + "' is not the length of an axis",
                    assertThrows(IllegalArgumentException.class, () -> Side.parse(side))
                            .getMessage());
        }
    }

    @Test
    void permute_ofASequence_transposesIt() {
        TestLayer layer = new TestLayer(new Permute(List.of(Axis.FEATURES, Axis.STEPS)), Shape.of(2, 3), FLOAT64);
        Matrix x = of(FLOAT64, row(1, 2, 3, 4, 5, 6));
        assertEquals(Shape.of(3, 2), layer.nodes().get(0).output());
        Matrix out = layer.forward(x, TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(1, 4, 2, 5, 3, 6)), out, "out");
        Matrices.assertSame(x, layer.backward(Matrices.copy(FLOAT64, out), TestPass.TRAINING), "dx");
    }

    @Test
    void permute_ofAnImage_movesChannelsToTheFront() {
        Permute spec = new Permute(List.of(Axis.CHANNELS, Axis.HEIGHT, Axis.WIDTH));
        TestLayer layer = new TestLayer(spec, Shape.of(2, 3, 2), FLOAT64);
        // Each pixel has its row, its column and its channel as digits.
        Matrix x = of(FLOAT64, row(0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121));
        assertEquals(Shape.of(2, 2, 3), layer.nodes().get(0).output());
        Matrices.assertSame(
                of(FLOAT64, row(0, 10, 20, 100, 110, 120, 1, 11, 21, 101, 111, 121)),
                layer.forward(x, TestPass.TRAINING),
                "out");
        Gradients.assertLayer(spec, Shape.of(2, 3, 4), 2, TestPass.CHECK);
    }

    @Test
    void permute_ofOtherAxes_namesThoseOfTheInput() {
        InputException problem = misuse(new Permute(List.of(Axis.WIDTH, Axis.HEIGHT)), Shape.of(5, 4, 1));
        assertEquals(
                "axes are [width, height], but the input is [height 5, width 4, channels 1]", problem.getMessage());
        assertEquals(List.of("Use each axis of the input once."), problem.notes());
        assertEquals(
                "each axis once",
                refused(() -> new Permute(List.of(Axis.STEPS, Axis.STEPS))).allowed());
        assertEquals("each axis once", refused(() -> new Permute(List.of())).allowed());
    }

    @Test
    void activation_ofASequence_mixesTheElementsOfAStepAlone() {
        TestLayer layer = new TestLayer(new ActivationLayer(new Softmax()), Shape.of(2, 2), FLOAT64);
        Matrix out = layer.forward(of(FLOAT64, row(7, 7, 1000, -1000)), TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(0.5, 0.5, 1, 0)), out, "out");
        assertEquals(Shape.of(2, 2), layer.nodes().get(0).output());
    }

    private static Reshape reshape(String... to) {
        return new Reshape(Arrays.stream(to).map(Side::parse).toList());
    }

    private static InputException misuse(LayerSpec spec, Shape input) {
        return assertThrows(InputException.class, () -> new TestLayer(spec, input, FLOAT64));
    }

    private static ParameterException refused(Executable creation) {
        return assertThrows(ParameterException.class, creation);
    }

    @Test
    void flatten_ofAnImage_keepsTheElements() {
        TestLayer layer = new TestLayer(new Flatten(), Shape.of(2, 2, 1), FLOAT64);
        Matrix x = of(FLOAT64, row(1, 2, 3, 4));
        assertEquals(Shape.of(4), layer.nodes().get(0).output());
        assertEquals("flatten", layer.nodes().get(0).label());
        Matrices.assertSame(x, layer.forward(x, TestPass.TRAINING), "out");
        Gradients.assertLayer(new Flatten(), Shape.of(3, 2), 4, TestPass.CHECK);
    }

    @Test
    void activation_ofAnImage_keepsTheShape() {
        TestLayer layer = new TestLayer(new ActivationLayer(new Relu()), Shape.of(2, 2, 1), FLOAT64);
        assertEquals(Shape.of(2, 2, 1), layer.nodes().get(0).output());
        assertEquals("relu", layer.nodes().get(0).label());
        Matrix out = layer.forward(of(FLOAT64, row(-1, 2, 0, 4)), TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(0, 2, 0, 4)), out, "out");
        Gradients.assertLayer(new ActivationLayer(new Tanh()), Shape.of(3, 2), 4, TestPass.CHECK);
    }
}
