package dev.chainrule.model.transform;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The encoding of examples to which a transform adds inputs, or from which it takes some, within their named input. */
public final class WiderEncoding {
    private WiderEncoding() {}

    /**
     * Return the encoding.
     *
     * @param before that of the examples without them
     * @param added by input: how many are added for it; negative if some are taken away
     * @param columns those of the examples with them
     * @param cause the transform or the key that adds them
     * @throws InputException if inputs are added to an image or a sequence, or if two columns have one name
     */
    public static Encoding of(Encoding before, int[] added, List<Encoding.Column> columns, String cause) {
        List<Encoding.Input> inputs = before.inputs().stream()
                .map(input -> {
                    int first = before.first(input);
                    return new Encoding.Input(
                            input.name(),
                            wider(
                                    input.shape(),
                                    added,
                                    first,
                                    first + input.shape().size(),
                                    cause));
                })
                .toList();
        requireDistinct(columns, cause);
        Shape whole = wider(before.shape(), added, 0, added.length, cause);
        return new Encoding(whole, inputs, columns, before.targets());
    }

    private static void requireDistinct(List<Encoding.Column> columns, String cause) {
        Set<String> names = new TreeSet<>();
        for (Encoding.Column column : columns) {
            if (!names.add(column.name())) {
                throw new InputException(
                        "two columns would be named '" + column.name() + "' after " + cause,
                        "Rename the column in the file, or give the components of pca another name:.");
            }
        }
    }

    private static Shape wider(Shape shape, int[] added, int first, int end, String cause) {
        int more = IntStream.range(first, end).map(input -> added[input]).sum();
        if (more > 0 && shape.dimensions().size() > 1) {
            throw new InputException(
                    "an example has the shape " + shape + ", to which no input can be added", "Remove " + cause + ".");
        }
        return more == 0 ? shape : Shape.of(shape.size() + more);
    }
}
