package dev.chainrule.model.shape;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import java.util.List;

/** A layer that gives an example another shape. The elements keep their order, the last axis varying fastest. */
@Component("reshape")
@Doc("Reshapes an example without reordering its numbers: rows of a table to images, or an image to the "
        + "sequence of its rows.")
public record Reshape(
        @Doc("The lengths of the axes: [features], [steps, features] or [height, width, channels]. One of "
                + "them may be rest, the length that remains.")
        List<Side> to)
        implements LayerSpec {
    private static final int MOST_AXES = 3;

    public Reshape {
        ParameterException.require(!to.isEmpty() && to.size() <= MOST_AXES, "to", to, "one to three lengths");
        ParameterException.require(rests(to) <= 1, "to", to, "lengths, of which one may be rest");
        ParameterException.require(product(to) <= Integer.MAX_VALUE, "to", to, "lengths whose product is below 2^31");
    }

    @Override
    public Value build(LayerContext context) {
        int size = context.input().size();
        int given = (int) product(to);
        if (rests(to) == 0 ? given != size : size % given != 0) {
            throw new InputException(
                            "to is " + to + ", but the input " + context.input().named() + " has "
                                    + (rests(to) == 0
                                            ? size + " numbers, not " + given
                                            : size + " numbers, which is not a multiple of " + given),
                            "Use lengths whose product is " + size + ".")
                    .atConfig("to");
        }
        int[] sides =
                to.stream().mapToInt(side -> side.length().orElse(size / given)).toArray();
        return context.chain(new ReshapeNode("reshape", Shape.of(sides)));
    }

    private static long rests(List<Side> to) {
        return to.stream().filter(side -> side.length().isEmpty()).count();
    }

    /** Return the product of the lengths given, or 2³¹ if it is greater. */
    private static long product(List<Side> to) {
        return to.stream()
                .mapToLong(side -> side.length().orElse(1))
                .reduce(1, (product, length) -> Math.min(product * length, 1L << 31));
    }
}
