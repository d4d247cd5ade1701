package dev.chainrule.model.transform.projection;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.model.transform.ChosenColumns;
import dev.chainrule.model.transform.ColumnKind;
import dev.chainrule.model.transform.WiderEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The replacement of numbers by their principal components, at the place of the first of them. */
@Component("pca")
@Doc(
        "Replaces numbers by their principal components: projections onto the directions in which the training examples vary most, which are "
                + "stored with the model.")
public record Pca(
        @Doc("The number of components.") int components,

        @Doc("The columns to replace; by default, those of numbers.")
        Optional<List<String>> columns,

        @Doc("Whether each component is divided by its standard deviation.") @Default("false")
        boolean whiten,

        @Doc("The beginning of the names of the new columns: component_1, component_2, …") @Default("component")
        String name)
        implements TransformSpec {
    /** More would take minutes to fit. */
    private static final int MOST_INPUTS = 1000;

    public Pca {
        ParameterException.require(components >= 1, "components", components, "1 or more");
        columns = ChosenColumns.distinct(columns);
        ParameterException.require(!name.isEmpty(), "name", "empty", "a text");
    }

    /** Return that it subtracts the mean. */
    @Override
    public boolean beforeRounding() {
        return true;
    }

    @Override
    public Transform create(Encoding encoding, Kernels kernels) {
        int[] inputs = ChosenColumns.inputs(columns, ColumnKind.NUMBERS, encoding);
        if (inputs.length > MOST_INPUTS) {
            throw new InputException(
                    "pca of " + inputs.length + " inputs would take too long: " + MOST_INPUTS + " are possible",
                    encoding.columns().isEmpty()
                            ? "Remove pca, or use smaller images."
                            : "List fewer columns with columns:.");
        }
        if (components > inputs.length) {
            throw new InputException(
                            "components is " + components + ", but pca has " + inputs.length
                                    + (inputs.length == 1 ? " input" : " inputs"),
                            "Give at most that number.")
                    .atConfig("components");
        }
        return new PrincipalComponents(inputs, projected(inputs, encoding), components, whiten, kernels);
    }

    private Encoding projected(int[] inputs, Encoding encoding) {
        if (encoding.columns().isEmpty() && encoding.inputs().isEmpty()) {
            return new Encoding(Shape.of(components), List.of(), List.of(), encoding.targets());
        }
        requireOneInput(inputs, encoding);
        int[] added = new int[encoding.shape().size()];
        IntStream.of(inputs).forEach(input -> added[input] = -1);
        added[inputs[0]] = components - 1;
        List<Encoding.Column> projected = new ArrayList<>();
        int from = 0;
        for (Encoding.Column column : encoding.columns()) {
            boolean isProjected = Arrays.binarySearch(inputs, from) >= 0;
            for (int k = 1; from == inputs[0] && k <= components; k++) {
                projected.add(new Encoding.Column(name + "_" + k, List.of()));
            }
            if (!isProjected) {
                projected.add(column);
            }
            from += column.width();
        }
        return WiderEncoding.of(encoding, added, projected, "pca");
    }

    private static void requireOneInput(int[] inputs, Encoding encoding) {
        for (Encoding.Input input : encoding.inputs()) {
            int first = encoding.first(input);
            long own = IntStream.of(inputs)
                    .filter(each ->
                            each >= first && each < first + input.shape().size())
                    .count();
            if (own > 0 && own < inputs.length) {
                throw new InputException(
                                "pca would mix columns of several inputs",
                                "List columns of one input, such as " + input.name() + ".")
                        .atConfig("columns");
            }
        }
    }
}
