package dev.chainrule.model.shape;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import java.math.BigInteger;
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
    }

    @Override
    public Value build(LayerContext context) {
        int size = context.input().size();
        BigInteger given = to.stream()
                .map(side -> BigInteger.valueOf(side.length().orElse(1)))
                .reduce(BigInteger.ONE, BigInteger::multiply);
        BigInteger[] rest = BigInteger.valueOf(size).divideAndRemainder(given);
        if (rest[1].signum() != 0 || rests(to) == 0 && !rest[0].equals(BigInteger.ONE)) {
            throw new InputException(
                            "to is " + to + ", but the input " + context.input().named() + " has " + size + " numbers, "
                                    + (rests(to) == 0 ? "not " : "which is not a multiple of ") + given,
                            "Use lengths whose product is " + size + ".")
                    .atConfig("to");
        }
        int[] sides = to.stream()
                .mapToInt(side -> side.length().orElse(rest[0].intValueExact()))
                .toArray();
        return context.chain(new ReshapeNode("reshape", Shape.of(sides)));
    }

    private static long rests(List<Side> to) {
        return to.stream().filter(side -> side.length().isEmpty()).count();
    }
}
