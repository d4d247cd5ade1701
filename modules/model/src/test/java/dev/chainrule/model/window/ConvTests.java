package dev.chainrule.model.window;

import static dev.chainrule.model.testing.Matrices.FLOAT32;
import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.random;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Patches;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.Window;
import dev.chainrule.model.activation.Identity;
import dev.chainrule.model.activation.Softmax;
import dev.chainrule.model.activation.Tanh;
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

class ConvTests {
    /** Enough for two threads to share the channels of the window, even those of a group. */
    private static final int CHANNELS = 36;

    private static final int FILTERS = 8;
    private static final OneOrMore<Integer> ONE = numbers(1);

    static OneOrMore<Integer> numbers(Integer... numbers) {
        return new OneOrMore<>(List.of(numbers));
    }

    private static Conv conv(
            int filters,
            OneOrMore<Integer> size,
            OneOrMore<Integer> stride,
            String padding,
            OneOrMore<Integer> dilation,
            int groups,
            Activation activation) {
        return new Conv(
                filters,
                size,
                stride,
                Padding.parse(padding),
                dilation,
                groups,
                activation,
                new XavierUniform(),
                new Zeros(),
                Optional.empty(),
                Trainable.TRUE,
                true);
    }

    private static Conv conv(int filters, int size, String padding) {
        return conv(filters, numbers(size), ONE, padding, ONE, 1, new Identity());
    }

    @Test
    void forwardAndBackward_byHand_slideTheFilter() {
        TestLayer layer = new TestLayer(conv(1, 2, "none"), Shape.of(3, 3, 1), FLOAT64);
        assertEquals(Shape.of(2, 2, 1), layer.nodes().get(1).output());
        layer.value("weights").copyFrom(of(FLOAT64, row(1), row(2), row(3), row(4)));
        layer.value("biases").fill(0.5);
        Matrix x = of(FLOAT64, row(1, 2, 3, 4, 5, 6, 7, 8, 9));
        Matrices.assertSame(of(FLOAT64, row(37.5, 47.5, 67.5, 77.5)), layer.forward(x, TestPass.TRAINING), "z");
        Matrix dx = layer.backward(of(FLOAT64, row(1, 0, 0, 2)), TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(3)), layer.gradient("biases"), "BP3");
        Matrices.assertSame(of(FLOAT64, row(11), row(14), row(20), row(23)), layer.gradient("weights"), "BP4");
        Matrices.assertSame(of(FLOAT64, row(1, 2, 0, 3, 6, 4, 0, 6, 8)), dx, "∂C/∂x");
    }

    @Test
    void forward_ofASequence_slidesAlongTheSteps() {
        TestLayer layer = new TestLayer(conv(1, 2, "same"), Shape.of(3, 2), FLOAT64);
        assertEquals(Shape.of(3, 1), layer.nodes().get(1).output());
        layer.value("weights").copyFrom(of(FLOAT64, row(1), row(10), row(100), row(1000)));
        Matrix x = of(FLOAT64, row(1, 2, 3, 4, 5, 6)); // a zero behind the last step
        Matrices.assertSame(of(FLOAT64, row(4321, 6543, 65)), layer.forward(x, TestPass.TRAINING), "z");
    }

    @Test
    void gradients_ofManyWindows_matchCentralDifferences() {
        Identity identity = new Identity();
        check(conv(2, numbers(3), ONE, "same", ONE, 1, new Tanh()), Shape.of(4, 5, 2));
        check(conv(3, numbers(2, 3), numbers(2, 1), "none", ONE, 1, new Softmax()), Shape.of(5, 4, 1));
        check(conv(2, numbers(2), ONE, "1", numbers(2), 1, identity), Shape.of(3, 4, 1));
        check(conv(4, numbers(3, 2), numbers(1, 2), "same", ONE, 2, identity), Shape.of(4, 4, 4));
        check(conv(6, numbers(3), ONE, "same", numbers(1, 2), 3, identity), Shape.of(3, 5, 3));
        check(conv(3, numbers(3), numbers(2), "2", ONE, 1, new Softmax()), Shape.of(6, 2));
        check(conv(4, numbers(2), ONE, "none", numbers(3), 2, identity), Shape.of(7, 2));
        check(conv(2, 7, "same"), Shape.of(2, 3, 1));
    }

    private static void check(Conv conv, Shape input) {
        Gradients.assertLayer(conv, input, 3, TestPass.CHECK);
    }

    /** Batches of several blocks, and fewer images than threads, give on any threads the bits of whole products. */
    @Test
    void passes_inBlocksOnAnyThreads_giveTheBitsOfWholeProducts() {
        int checked = 0;
        for (int batch : new int[] {1, 2, 70}) {
            for (int groups : new int[] {1, 2}) {
                Matrix[] expected = products(batch, groups);
                for (int threads = 1; threads <= 3; threads++) {
                    Matrix[] got = passes(batch, groups, threads);
                    for (int i = 0; i < got.length; i++) {
                        Matrices.assertSame(expected[i], got[i], batch + " examples, matrix " + i);
                        checked++;
                    }
                }
            }
        }
        assertEquals(3 * 2 * 3 * 4, checked);
    }

    private static Patches patches(int groups, int g) {
        int count = CHANNELS / groups;
        return new Patches(new Window(13, 5, 1, 1, 2, 13), new Window(11, 3, 2, 1, 1, 6), CHANNELS, g * count, count);
    }

    /** Return z, ∂C/∂x, ∂C/∂w and ∂C/∂b by one product of all patches of a group at a time. */
    private static Matrix[] products(int batch, int groups) {
        Kernels kernels = FLOAT32;
        int count = FILTERS / groups;
        int size = patches(groups, 0).size();
        int positions = patches(groups, 0).positions();
        Matrix x = random(kernels, batch, patches(groups, 0).pixels(), 3);
        Matrix w = random(kernels, size, FILTERS, 5);
        Matrix b = random(kernels, 1, FILTERS, 5);
        Matrix z = kernels.matrix(batch * positions, FILTERS);
        Matrix dx = kernels.matrix(batch, x.columns());
        Matrix dw = kernels.matrix(size, FILTERS);
        Matrix db = kernels.matrix(1, FILTERS);
        Matrix delta = random(kernels, batch, positions * FILTERS, 4);
        Matrix rows = kernels.matrix(0, 0).view(delta, batch * positions, FILTERS);
        Matrix window = kernels.matrix(0, 0);
        Matrix product = kernels.matrix(0, 0);
        for (int g = 0; g < groups; g++) {
            Matrix own = kernels.matrix(size, count);
            own.copyColumns(w, g * count, 0, count);
            Matrix ownRows = kernels.matrix(rows.rows(), count);
            ownRows.copyColumns(rows, g * count, 0, count);
            kernels.gatherPatches(x, patches(groups, g), 0, batch * positions, window);
            kernels.multiply(window, own, product, false);
            z.copyColumns(product, 0, g * count, count);
            kernels.multiplyTransA(window, ownRows, product, false);
            dw.copyColumns(product, 0, g * count, count);
            kernels.multiplyTransB(ownRows, own, product, false);
            kernels.addPatches(product, patches(groups, g), 0, dx);
        }
        kernels.addRow(z, b);
        kernels.columnSums(rows, db);
        return new Matrix[] {kernels.matrix(0, 0).view(z, batch, positions * FILTERS), dx, dw, db};
    }

    /** Return z, ∂C/∂x, ∂C/∂w and ∂C/∂b. */
    private static Matrix[] passes(int batch, int groups, int threads) {
        try (ThreadTeam team = new ThreadTeam(threads)) {
            Kernels kernels = Kernels.of(Precision.FLOAT32, team);
            Patches first = patches(groups, 0);
            Parameter w = parameter(kernels, first.size(), FILTERS);
            Parameter b = parameter(kernels, 1, FILTERS);
            Node node = new ConvNode(first, groups, w, Optional.of(b), kernels, Shape.of(13, 6, FILTERS));
            Matrix x = random(kernels, batch, first.pixels(), 3);
            Matrix z = kernels.matrix(0, 0);
            Matrix dx = kernels.matrix(0, 0);
            node.forward(x, z, TestPass.TRAINING);
            Matrix delta = random(kernels, z.rows(), z.columns(), 4);
            node.gradients(x, z, delta, TestPass.TRAINING);
            node.backward(x, z, delta, dx, TestPass.TRAINING);
            return new Matrix[] {z, dx, w.gradient(), b.gradient()};
        }
    }

    private static Parameter parameter(Kernels kernels, int rows, int columns) {
        return new Parameter("p", random(kernels, rows, columns, 5), kernels.matrix(rows, columns));
    }

    @Test
    void forward_ofAnExampleAnywhereInABatch_givesTheSameBits() {
        TestLayer layer = new TestLayer(conv(3, 3, "same"), Shape.of(9, 7, 2), FLOAT32);
        Matrix x = random(FLOAT32, 5, 9 * 7 * 2, 1);
        Matrix together = Matrices.copy(FLOAT32, layer.forward(x, TestPass.TRAINING));
        Matrix one = FLOAT32.matrix(1, x.columns());
        Matrix expected = FLOAT32.matrix(1, together.columns());
        for (int i = 0; i < x.rows(); i++) {
            one.copyRows(x, i, 0, 1);
            expected.copyRows(together, i, 0, 1);
            Matrices.assertSame(expected, layer.forward(one, TestPass.TRAINING), "example " + i);
        }
    }

    @Test
    void build_ofGroups_givesEachFilterTheChannelsOfItsGroup() {
        TestLayer layer =
                new TestLayer(conv(4, numbers(1), ONE, "none", ONE, 2, new Identity()), Shape.of(1, 1, 4), FLOAT64);
        assertEquals("[2, 4]", layer.value("weights").shape());
        layer.value("weights").copyFrom(of(FLOAT64, row(1, 10, 100, 1000), row(2, 20, 200, 2000)));
        Matrix out = layer.forward(of(FLOAT64, row(1, 2, 3, 4)), TestPass.TRAINING);
        Matrices.assertSame(of(FLOAT64, row(5, 50, 1100, 11000)), out, "z");
        assertEquals(2 * 8 + 4, layer.nodes().get(0).flops());
    }

    @Test
    void build_ofSame_givesOutputsByTheStride() {
        for (int length = 1; length <= 9; length++) {
            for (int stride = 1; stride <= 4; stride++) {
                Conv conv = conv(1, numbers(3), numbers(stride), "same", ONE, 1, new Identity());
                TestLayer layer = new TestLayer(conv, Shape.of(length, 2, 1), FLOAT64);
                int expected = (length + stride - 1) / stride;
                assertEquals(
                        expected, layer.nodes().get(0).output().dimensions().get(0), length + " by " + stride);
            }
        }
    }

    @Test
    void parameters_outOfRange_areRefused() {
        requireParameter("filters is 0", () -> conv(0, 3, "none"));
        requireParameter("size is 0", () -> conv(1, 0, "none"));
        requireParameter("size is [1, 2, 3]", () -> conv(1, numbers(1, 2, 3), ONE, "none", ONE, 1, new Identity()));
        requireParameter("stride is 0", () -> conv(1, ONE, numbers(0), "none", ONE, 1, new Identity()));
        requireParameter("dilation is [1, 0]", () -> conv(1, ONE, ONE, "none", numbers(1, 0), 1, new Identity()));
        requireParameter("groups is 0", () -> conv(1, ONE, ONE, "none", ONE, 0, new Identity()));
        assertThrows(IllegalArgumentException.class, () -> Padding.parse("valid"));
        for (String text : List.of("none", "same", "2")) {
            assertEquals(text, Padding.parse(text).toString());
        }
    }

    private static void requireParameter(String message, Runnable create) {
        assertEquals(
                message, assertThrows(ParameterException.class, create::run).getMessage());
    }

    @Test
    void build_ofAnInputThatDoesNotFit_saysWhatToDo() {
        requireMisfit(
                "conv slides over images or sequences, but its input is [features 784]",
                "Put a reshape layer before it, to [height, width, channels] or [steps, features].",
                conv(1, 3, "none"),
                Shape.of(784));
        requireMisfit(
                "a window of size 5 takes 5 places, but the width is 4",
                "The input is [height 9, width 4, channels 1]. Use a smaller size, or padding: same.",
                conv(1, 5, "none"),
                Shape.of(9, 4, 1));
        requireMisfit(
                "a window of size 3 with dilation 4 takes 9 places, but the number of steps is 5, with padding 7",
                "The input is [steps 5, features 1]. Use a smaller size, or padding: same.",
                conv(1, numbers(3), ONE, "1", numbers(4), 1, new Identity()),
                Shape.of(5, 1));
        requireMisfit(
                "padding is 3, so that a window of size 3 would see only zeros",
                "Use less than 3, or same.",
                conv(1, 3, "3"),
                Shape.of(9, 9, 1));
        requireMisfit(
                "size is [3, 2], but the input [steps 5, features 1] has one axis to slide along",
                "Give one number.",
                conv(1, numbers(3, 2), ONE, "none", ONE, 1, new Identity()),
                Shape.of(5, 1));
        String equal = "Use a number that divides both the channels and the filters.";
        requireMisfit(
                "groups is 2, which does not divide the 3 filters",
                equal,
                conv(3, ONE, ONE, "none", ONE, 2, new Identity()),
                Shape.of(5, 4));
        requireMisfit(
                "groups is 2, which does not divide the 3 channels of the input",
                equal,
                conv(4, ONE, ONE, "none", ONE, 2, new Identity()),
                Shape.of(5, 5, 3));
    }

    @Test
    void build_ofAbsurdNumbers_isRefusedWithoutOverflow() {
        for (String padding : List.of("same", "999999999")) {
            Conv wide = conv(1, numbers(500_000_000), ONE, padding, ONE, 1, new Identity());
            assertThrows(InputException.class, () -> new TestLayer(wide, Shape.of(28, 28, 1), FLOAT64));
            Conv dilated = conv(1, numbers(999_999_999), ONE, padding, numbers(999_999_999), 1, new Identity());
            assertThrows(InputException.class, () -> new TestLayer(dilated, Shape.of(28, 28, 1), FLOAT64));
        }
        Conv filters = conv(Integer.MAX_VALUE, 3, "none");
        assertThrows(InputException.class, () -> new TestLayer(filters, Shape.of(28, 28, 1), FLOAT64));
    }

    private static void requireMisfit(String message, String advice, Conv conv, Shape input) {
        InputException problem = assertThrows(InputException.class, () -> new TestLayer(conv, input, FLOAT64));
        assertEquals(message, problem.getMessage());
        assertEquals(List.of(advice), problem.notes());
    }
}
