package dev.chainrule.model.window;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.Shape;
import dev.chainrule.model.shape.SelectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The places before and after each axis of an image or a sequence that a layer adds or leaves out.
 *
 * @param layer the name of the layer's kind, for messages
 * @param before for each axis or for all
 * @param after likewise
 */
record Edges(String layer, OneOrMore<Integer> before, OneOrMore<Integer> after) {
    static void require(String parameter, OneOrMore<Integer> numbers) {
        List<Integer> values = numbers.values();
        ParameterException.require(
                !values.isEmpty() && values.size() <= 2 && values.stream().allMatch(value -> value >= 0),
                parameter,
                values.size() == 1 ? values.get(0) : values,
                "0 or more, or two such numbers for height and width");
    }

    Node pad(Shape input) {
        Shape larger = changed(input, 1);
        return new PadNode(new SelectNode(layer, larger, input, columns(larger, input)), larger);
    }

    Node crop(Shape input) {
        Shape smaller = changed(input, -1);
        return new SelectNode(layer, input, smaller, columns(input, smaller));
    }

    /** Return a shape with the edges added, or left out if the sign is −1. */
    private Shape changed(Shape input, int sign) {
        Sliding.requireImageOrSequence(layer + " changes images or sequences", input);
        List<Integer> sides = new ArrayList<>(input.dimensions());
        double numbers = sides.get(sides.size() - 1);
        for (int axis = 0; axis < sides.size() - 1; axis++) {
            long side = sides.get(axis) + sign * ((long) at(before, axis) + at(after, axis));
            if (side < 1) {
                throw new InputException(
                                "before and after leave out " + (at(before, axis) + (long) at(after, axis)) + " of the "
                                        + sides.get(axis) + " places of the "
                                        + input.axes().get(axis),
                                "The input is " + input.named() + ". Leave one or more.")
                        .atConfig("after");
            }
            sides.set(axis, (int) Math.min(side, Integer.MAX_VALUE));
            numbers *= side;
        }
        if (numbers > Integer.MAX_VALUE) {
            throw new InputException("the output would be " + sides, "Their product must be less than 2^31.")
                    .atConfig("after");
        }
        return new Shape(sides);
    }

    private static int at(OneOrMore<Integer> numbers, int axis) {
        return numbers.values().get(Math.min(axis, numbers.values().size() - 1));
    }

    /** Return the columns of the larger shape that the smaller one consists of. */
    private int[] columns(Shape larger, Shape smaller) {
        List<Integer> sides = smaller.dimensions();
        int channels = sides.get(sides.size() - 1);
        int width = sides.get(sides.size() - 2);
        int top = smaller.isImage() ? at(before, 0) : 0;
        int left = at(before, smaller.isImage() ? 1 : 0);
        int stride = larger.dimensions().get(sides.size() - 2);
        int[] columns = new int[smaller.size()];
        for (int column = 0; column < columns.length; column++) {
            int pixel = column / channels;
            columns[column] = ((top + pixel / width) * stride + left + pixel % width) * channels + column % channels;
        }
        return columns;
    }
}
