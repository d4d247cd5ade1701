package dev.chainrule.model.window;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Patches;
import dev.chainrule.math.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * A window that slides over images [height, width, channels] or sequences [steps, features], as a layer of YAML declares it. A sequence
 * is computed as an image of height 1, whose width is the number of steps.
 *
 * <p>With a window that extends over e = (size − 1)·dilation + 1 places of an axis of length n, and p zeros on each side, there are
 * ⌊(n + 2p − e) / stride⌋ + 1 positions; with padding {@code same} there are ⌈n / stride⌉, with half of the zeros needed before the
 * input, rounded down, as in TensorFlow.
 *
 * @param layer the name of the layer's kind, for messages
 * @param size of the window, for each axis or for all
 * @param stride likewise
 * @param dilation likewise
 */
record Sliding(
        String layer,
        OneOrMore<Integer> size,
        OneOrMore<Integer> stride,
        OneOrMore<Integer> dilation,
        Padding padding) {
    /** The largest extent of a window, so that no number below overflows. */
    private static final long LARGEST = 1L << 29;
    /** The window along the height of a sequence. */
    private static final Window LINE = new Window(1, 1, 1, 1, 0, 1);

    /** Require a number for each axis, or one for all. */
    static void require(String parameter, OneOrMore<Integer> numbers) {
        List<Integer> values = numbers.values();
        ParameterException.require(
                !values.isEmpty() && values.size() <= 2 && values.stream().allMatch(value -> value >= 1),
                parameter,
                values.size() == 1 ? values.get(0) : values,
                "1 or more, or two such numbers for height and width");
    }

    /**
     * Return the patches that the window sees.
     *
     * @throws InputException if the window does not fit the input
     */
    Patches over(Shape input) {
        requireAxes(input);
        if (input.isImage()) {
            return patches(along(input, 0), along(input, 1), input.dimensions().get(2));
        }
        return patches(LINE, along(input, 0), input.dimensions().get(1));
    }

    /** Require an image, or a sequence and one number for its axis. */
    void requireAxes(Shape input) {
        requireImageOrSequence(layer + " slides over images or sequences", input);
        if (!input.isImage()) {
            requireOne("size", size, input);
            requireOne("stride", stride, input);
            requireOne("dilation", dilation, input);
        }
    }

    /** Require an image or a sequence. */
    static void requireImageOrSequence(String purpose, Shape input) {
        if (input.dimensions().size() == 1) {
            throw new InputException(
                    purpose + ", but its input is " + input.named(),
                    "Put a reshape layer before it, to [height, width, channels] or [steps, features].");
        }
    }

    /**
     * Return the only patch of a window as large as the input.
     *
     * @throws InputException if the input has no axis to slide along
     */
    static Patches whole(String layer, Shape input) {
        OneOrMore<Integer> one = new OneOrMore<>(List.of(1));
        List<Integer> sides = input.dimensions();
        OneOrMore<Integer> all = new OneOrMore<>(sides.subList(0, Math.max(1, sides.size() - 1)));
        return new Sliding(layer, all, one, one, Padding.parse("none")).over(input);
    }

    private static Patches patches(Window vertical, Window horizontal, int channels) {
        double numbers = (double) vertical.size() * horizontal.size() * channels;
        if (numbers > Integer.MAX_VALUE || (long) vertical.positions() * horizontal.positions() > Integer.MAX_VALUE) {
            throw new InputException(
                            "the window of " + vertical.size() + " × " + horizontal.size() + " places, with " + channels
                                    + " channels, or its " + vertical.positions() + " × " + horizontal.positions()
                                    + " positions are more than a matrix can have",
                            "Use a smaller size and less padding.")
                    .atConfig("size");
        }
        return new Patches(vertical, horizontal, channels, 0, channels);
    }

    /** Return the shape of the output for examples of the input's kind. */
    static Shape output(Shape input, Patches patches, int channels) {
        int width = patches.horizontal().positions();
        return input.isImage() ? Shape.of(patches.vertical().positions(), width, channels) : Shape.of(width, channels);
    }

    /** Require that an example of the output, with a number for each filter at each position, fits into an array. */
    static void requireNumbers(Patches patches, int filters) {
        if ((long) patches.positions() * filters > Integer.MAX_VALUE) {
            throw new InputException(
                            filters + " filters at " + patches.positions()
                                    + " positions give more numbers than an example can have",
                            "Use fewer filters, or a larger stride.")
                    .atConfig("filters");
        }
    }

    private static void requireOne(String key, OneOrMore<Integer> numbers, Shape input) {
        if (numbers.values().size() > 1) {
            throw new InputException(
                            key + " is " + numbers.values() + ", but the input " + input.named()
                                    + " has one axis to slide along",
                            "Give one number.")
                    .atConfig(key);
        }
    }

    private static int at(OneOrMore<Integer> numbers, int axis) {
        return numbers.values().get(Math.min(axis, numbers.values().size() - 1));
    }

    /**
     * Return the shape over which the window has the places of an input as its positions: n places of an axis become (n − 1)·stride + e
     * less the padding on both sides, or n·stride with padding {@code same}.
     *
     * @param channels of the shape returned
     * @throws InputException if no place would be left, or more than an example can have
     */
    Shape under(Shape input, int channels) {
        List<Integer> sides = new ArrayList<>(input.dimensions());
        for (int axis = 0; axis < sides.size() - 1; axis++) {
            long extent = (at(size, axis) - 1L) * at(dilation, axis) + 1;
            long places = padding.zeros().isEmpty()
                    ? (long) sides.get(axis) * at(stride, axis)
                    : (sides.get(axis) - 1L) * at(stride, axis)
                            + extent
                            - 2L * padding.zeros().get();
            sides.set(axis, (int) Math.max(0, Math.min(places, Integer.MAX_VALUE)));
        }
        sides.set(sides.size() - 1, channels);
        double numbers = sides.stream().mapToDouble(side -> side).reduce(1, (product, side) -> product * side);
        if (numbers > Integer.MAX_VALUE || numbers == 0) {
            throw new InputException(
                            "the output would be " + sides + ", with the input " + input.named(),
                            "Each side must be 1 or more, and their product less than 2^31.")
                    .atConfig("size");
        }
        return new Shape(sides);
    }

    private Window along(Shape input, int axis) {
        int length = input.dimensions().get(axis);
        int step = at(stride, axis);
        long extent = (at(size, axis) - 1L) * at(dilation, axis) + 1;
        String window =
                "size " + at(size, axis) + (at(dilation, axis) == 1 ? "" : " with dilation " + at(dilation, axis));
        long zeros;
        if (padding.zeros().isPresent()) {
            zeros = 2L * padding.zeros().get();
            if (zeros > 0 && zeros / 2 >= extent) {
                throw new InputException(
                                "padding is " + padding + ", so that a window of " + window + " would see only zeros",
                                "Use less than " + extent + ", or same.")
                        .atConfig("padding");
            }
        } else {
            zeros = Math.max(0, ((length - 1L) / step) * step + extent - length);
        }
        if (extent > Math.min(length + zeros, LARGEST)) {
            throw new InputException(
                            "a window of " + window + " takes " + extent + " places, but the "
                                    + (input.isImage() ? input.axes().get(axis) : "number of steps") + " is " + length
                                    + (zeros == 0 ? "" : ", with padding " + (length + zeros)),
                            "The input is " + input.named() + ". Use a smaller size, or padding: same.")
                    .atConfig("size");
        }
        int before = Math.toIntExact(zeros / 2);
        int positions = Math.toIntExact((length + zeros - extent) / step + 1);
        return new Window(length, at(size, axis), step, at(dilation, axis), before, positions);
    }
}
