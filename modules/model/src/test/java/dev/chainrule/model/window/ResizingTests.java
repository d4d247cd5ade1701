package dev.chainrule.model.window;

import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.random;
import static dev.chainrule.model.testing.Matrices.row;
import static dev.chainrule.model.window.ConvTests.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.activation.Identity;
import dev.chainrule.model.initializer.XavierUniform;
import dev.chainrule.model.initializer.Zeros;
import dev.chainrule.model.layer.Trainable;
import dev.chainrule.model.testing.Gradients;
import dev.chainrule.model.testing.Matrices;
import dev.chainrule.model.testing.TestLayer;
import dev.chainrule.model.testing.TestPass;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Test the layers of channels alone, and those that make images larger or smaller. */
class ResizingTests {
    private static final OneOrMore<Integer> ONE = numbers(1);

    private static TransposedConv transposed(
            int filters, OneOrMore<Integer> size, int stride, String padding, int dilation) {
        return new TransposedConv(
                filters,
                size,
                numbers(stride),
                Padding.parse(padding),
                numbers(dilation),
                new Identity(),
                new XavierUniform(),
                new Zeros(),
                Optional.empty(),
                Trainable.TRUE,
                true);
    }

    private static DepthwiseConv depthwise(int size, int multiplier) {
        return new DepthwiseConv(
                numbers(size),
                multiplier,
                ONE,
                Padding.parse("same"),
                ONE,
                new Identity(),
                new XavierUniform(),
                new Zeros(),
                Optional.empty(),
                Trainable.TRUE,
                true);
    }

    private static SeparableConv separable(int filters, int size, int multiplier) {
        return new SeparableConv(
                filters,
                numbers(size),
                multiplier,
                ONE,
                Padding.parse("none"),
                ONE,
                new Identity(),
                new XavierUniform(),
                new Zeros(),
                Optional.empty(),
                Trainable.TRUE,
                true);
    }

    @Test
    void transposedConv_byHand_addsPatches() {
        TestLayer layer = new TestLayer(transposed(1, numbers(2), 1, "none", 1), Shape.of(1, 2, 1), FLOAT64);
        assertEquals(Shape.of(2, 3, 1), layer.nodes().get(0).output());
        layer.value("weights").copyFrom(of(FLOAT64, row(1, 2, 3, 4)));
        layer.value("biases").fill(0.5);
        Matrix x = of(FLOAT64, row(1, 10));
        Matrices.assertSame(
                of(FLOAT64, row(1.5, 12.5, 20.5, 3.5, 34.5, 40.5)), layer.forward(x, TestPass.TRAINING), "z");
        Matrix dx = layer.backward(of(FLOAT64, row(1, 0, 0, 0, 2, 0)), TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(3)), layer.gradient("biases"), "BP3");
        Matrices.assertSame(of(FLOAT64, row(1, 0, 20, 2)), layer.gradient("weights"), "BP4");
        Matrices.assertSame(of(FLOAT64, row(9, 6)), dx, "∂C/∂x");
    }

    /** A convolution passes back delta as a transposed one with the same weights passes it on. */
    @Test
    void transposedConv_ofEachPadding_isTheBackwardPassOfAConvolution() {
        for (String padding : List.of("none", "1", "same")) {
            TestLayer layer = new TestLayer(transposed(2, numbers(3), 2, padding, 1), Shape.of(4, 3, 3), FLOAT64);
            Shape output = layer.nodes().get(0).output();
            Conv conv = new Conv(
                    3,
                    numbers(3),
                    numbers(2),
                    Padding.parse(padding),
                    ONE,
                    1,
                    new Identity(),
                    new XavierUniform(),
                    new Zeros(),
                    Optional.empty(),
                    Trainable.TRUE,
                    true);
            TestLayer reverse = new TestLayer(conv, output, FLOAT64);
            assertEquals(Shape.of(4, 3, 3), reverse.nodes().get(0).output(), padding);
            for (int i = 0; i < reverse.value("weights").rows(); i++) {
                for (int j = 0; j < 3; j++) {
                    reverse.value("weights").set(i, j, layer.value("weights").get(j, i));
                }
            }
            reverse.forward(random(FLOAT64, 2, output.size(), 2), TestPass.TRAINING);
            Matrix x = random(FLOAT64, 2, 4 * 3 * 3, 1);
            Matrices.assertSame(reverse.backward(x, TestPass.TRAINING), layer.forward(x, TestPass.TRAINING), padding);
        }
    }

    @Test
    void depthwiseConv_byHand_keepsChannelsApart() {
        TestLayer layer = new TestLayer(depthwise(1, 2), Shape.of(1, 1, 2), FLOAT64);
        assertEquals(Shape.of(1, 1, 4), layer.nodes().get(0).output());
        layer.value("weights").copyFrom(of(FLOAT64, row(1, 2, 3, 4)));
        Matrices.assertSame(
                of(FLOAT64, row(5, 10, 21, 28)), layer.forward(of(FLOAT64, row(5, 7)), TestPass.TRAINING), "z");
    }

    @Test
    void separableConv_byHand_mixesTheChannelsOfAPlace() {
        TestLayer layer = new TestLayer(separable(1, 2, 1), Shape.of(2, 2), FLOAT64);
        layer.value("depthwise_weights").copyFrom(of(FLOAT64, row(1, 10), row(2, 20)));
        layer.value("weights").copyFrom(of(FLOAT64, row(1), row(100)));
        // Features 1 and 3: 1·1 + 2·3 = 7; features 2 and 4: 10·2 + 20·4 = 100.
        Matrices.assertSame(
                of(FLOAT64, row(10007)), layer.forward(of(FLOAT64, row(1, 2, 3, 4)), TestPass.TRAINING), "z");
    }

    @Test
    void upsamplePadAndCrop_byHand_moveNumbers() {
        requirePasses(
                new Upsample(numbers(1, 2)), Shape.of(1, 2, 1), row(1, 2), row(1, 1, 2, 2), row(1, 2, 3, 4), row(3, 7));
        requirePasses(
                new Pad(numbers(1, 0), numbers(0, 1)),
                Shape.of(1, 2, 1),
                row(1, 2),
                row(0, 0, 0, 1, 2, 0),
                row(1, 2, 3, 4, 5, 6),
                row(4, 5));
        requirePasses(
                new Crop(numbers(1), numbers(0)), Shape.of(3, 1), row(1, 2, 3), row(2, 3), row(5, 6), row(0, 5, 6));
    }

    private static void requirePasses(
            LayerSpec spec, Shape input, double[] x, double[] out, double[] delta, double[] dx) {
        TestLayer layer = new TestLayer(spec, input, FLOAT64);
        Matrices.assertSame(of(FLOAT64, out), layer.forward(of(FLOAT64, x), TestPass.TRAINING), "out");
        Matrices.assertSame(of(FLOAT64, dx), layer.backward(of(FLOAT64, delta), TestPass.TRAINING), "dx");
    }

    @Test
    void spatialDropout_inTraining_dropsWholeChannels() {
        TestLayer layer = new TestLayer(new SpatialDropout(0.5), Shape.of(2, 2, 30), FLOAT64);
        Matrix x = FLOAT64.matrix(3, 120);
        x.fill(1);
        Matrix out = layer.forward(x, TestPass.TRAINING);
        int dropped = 0;
        for (int i = 0; i < 3; i++) {
            for (int c = 0; c < 30; c++) {
                double first = out.get(i, c);
                assertTrue(first == 0 || first == 2, "out is " + first);
                dropped += first == 0 ? 1 : 0;
                for (int pixel = 1; pixel < 4; pixel++) {
                    assertEquals(first, out.get(i, pixel * 30 + c));
                }
            }
        }
        assertTrue(dropped > 25 && dropped < 65, "dropped " + dropped + " of 90"); // four deviations of 4.7
        Matrices.assertSame(out, layer.backward(x, TestPass.TRAINING), "dx is the mask, too");
        Matrices.assertSame(x, layer.forward(x, TestPass.INFERENCE), "inference");
    }

    @Test
    void gradients_ofEach_matchCentralDifferences() {
        check(transposed(2, numbers(3, 2), 2, "1", 1), Shape.of(3, 4, 2));
        check(transposed(3, numbers(2), 3, "same", 1), Shape.of(2, 3, 1));
        check(transposed(2, numbers(3), 2, "none", 2), Shape.of(4, 3));
        check(depthwise(3, 2), Shape.of(4, 3, 2));
        check(separable(3, 2, 2), Shape.of(4, 3, 2));
        check(new Upsample(numbers(3, 2)), Shape.of(2, 3, 2));
        check(new Upsample(numbers(2)), Shape.of(3, 2));
        check(new Pad(numbers(1, 2), numbers(0)), Shape.of(2, 3, 2));
        check(new Crop(numbers(1, 0), numbers(1)), Shape.of(4, 3, 2));
        check(new SpatialDropout(0.5), Shape.of(2, 3, 4));
    }

    private static void check(LayerSpec layer, Shape input) {
        Gradients.assertLayer(layer, input, 3, TestPass.CHECK);
    }

    @Test
    void build_ofMisuse_saysWhatToDo() {
        requireMisfit(
                "the output would be [0, 2], with the input [steps 1, features 3]",
                transposed(2, numbers(2), 1, "1", 1),
                Shape.of(1, 3));
        requireMisfit(
                "transposed_conv slides over images or sequences, but its input is [features 4]",
                transposed(2, numbers(2), 1, "none", 1),
                Shape.of(4));
        requireMisfit(
                "multiplier is 2000000000, which gives the 3 channels more filters than an example can have",
                depthwise(1, 2_000_000_000),
                Shape.of(4, 4, 3));
        requireMisfit(
                "before and after leave out 3 of the 3 places of the width",
                new Crop(numbers(0, 1), numbers(0, 2)),
                Shape.of(5, 3, 1));
        requireMisfit(
                "the output would be [2000000001, 2000000001, 1]",
                new Pad(numbers(1_000_000_000), numbers(1_000_000_000)),
                Shape.of(1, 1, 1));
        requireMisfit(
                "spatial_dropout drops channels of images or sequences, but its input is [features 4]",
                new SpatialDropout(0.5),
                Shape.of(4));
        requireMisfit(
                "the output would be [2147483647, 2147483647, 1], with the input [height 28, width 28, channels 1]",
                new Upsample(numbers(Integer.MAX_VALUE)),
                Shape.of(28, 28, 1));
        assertThrows(ParameterException.class, () -> new SpatialDropout(1));
        assertThrows(ParameterException.class, () -> new Pad(numbers(-1), numbers(0)));
        assertThrows(ParameterException.class, () -> new Upsample(numbers(0)));
        assertThrows(ParameterException.class, () -> depthwise(1, 0));
        assertThrows(ParameterException.class, () -> separable(0, 1, 1));
    }

    private static void requireMisfit(String message, LayerSpec layer, Shape input) {
        InputException problem = assertThrows(InputException.class, () -> new TestLayer(layer, input, FLOAT64));
        assertEquals(message, problem.getMessage());
    }
}
