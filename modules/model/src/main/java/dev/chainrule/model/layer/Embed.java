package dev.chainrule.model.layer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Regularizer;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.NameLists;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.error.Suggestion;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A layer that replaces the number of a name by a learned row of numbers (Bengio et al., "A Neural Probabilistic Language Model", JMLR 3,
 * 2003, section 2: the matrix C).
 *
 * <p>With columns, each of them becomes {@code width} features, from a table of its own, {@code <column>} [names, width]; the other inputs
 * pass unchanged, in their order. Otherwise every feature is the number of a name of one table, {@code weights} [names, width], and the
 * output is a sequence [features, width].
 */
@Component("embed")
@Doc(
        "Replaces ordinal columns, the numbers of names, by learned features; other columns pass unchanged. Without columns, it replaces "
                + "every feature, and the output is a sequence.")
public record Embed(
        @Doc("The number of features of each name.") int width,

        @Doc("The ordinal columns to replace, if the layer reads a table: the input of the network.")
        Optional<List<String>> columns,

        @Doc("The number of names if there are no columns; features are numbers from 0 to names − 1.")
        Optional<Integer> names,

        @Doc("The initial features [names, width].") @Default("normal")
        Initializer weights,

        @Doc("The term of the cost for the features.") Optional<Regularizer> regularizer)
        implements LayerSpec {
    public Embed {
        ParameterException.require(width >= 1, "width", width, "1 or more");
        names.ifPresent(count -> ParameterException.require(count >= 1, "names", count, "1 or more"));
        columns.ifPresent(list -> {
            ParameterException.require(!list.isEmpty(), "columns", list, "at least one column");
            ParameterException.require(
                    list.stream().distinct().count() == list.size(), "columns", list, "distinct columns");
        });
        if (columns.isPresent() == names.isPresent()) {
            throw new IllegalArgumentException(
                    "one of columns and names is required; " + (names.isPresent() ? "both" : "none") + " are given");
        }
    }

    @Override
    public Value build(LayerContext context) {
        return columns.isPresent() ? ofColumns(context, columns.get()) : ofFeatures(context, names.orElseThrow());
    }

    private Value ofFeatures(LayerContext context, int count) {
        Shape input = context.input();
        if (input.dimensions().size() > 1) {
            throw new InputException(
                    "embed takes the numbers of names as features, but the input is " + input.named(),
                    "Add flatten above it.");
        }
        int[] tables = new int[input.size()];
        List<Parameter> parameters = List.of(table(context, "weights", count));
        return context.chain(new EmbedNode(tables, parameters, Shape.of(input.size(), width)));
    }

    private Value ofColumns(LayerContext context, List<String> chosen) {
        List<Encoding.Column> known = context.columns();
        for (int i = 0; i < chosen.size(); i++) {
            require(chosen.get(i), known, context, "columns[" + i + "]");
        }
        int[] tables = new int[context.input().size()];
        Arrays.fill(tables, EmbedNode.UNCHANGED);
        List<Parameter> parameters = new ArrayList<>();
        int from = 0;
        int size = 0;
        for (Encoding.Column column : known) {
            boolean isEmbedded = chosen.contains(column.name());
            if (isEmbedded) {
                tables[from] = parameters.size();
                parameters.add(table(context, column.name(), column.categories().size()));
            }
            from += column.width();
            size += isEmbedded ? width : column.width();
        }
        size += tables.length - from; // pictures beside the columns
        return context.chain(new EmbedNode(tables, parameters, Shape.of(size)));
    }

    private static void require(String name, List<Encoding.Column> known, LayerContext context, String place) {
        List<String> all = known.stream().map(Encoding.Column::name).toList();
        if (known.isEmpty()) {
            throw new InputException(
                            context.inputs().get(0) + " has no columns with names",
                            "Only the input of the network has them, if it is a table: make embed its first layer, or write names: "
                                    + "with their number instead of columns.")
                    .atConfig("columns");
        }
        if (!all.contains(name)) {
            throw new InputException(
                            "the input has no column '" + name + "'",
                            Suggestion.didYouMean(name, all) + "Columns: " + NameLists.shown(all) + ".")
                    .atConfig(place);
        }
        Encoding.Column column = known.get(all.indexOf(name));
        if (!column.ordinal()) {
            throw new InputException(
                            "column '" + name + "' "
                                    + (column.categories().isEmpty()
                                            ? "is a column of numbers, not an ordinal one"
                                            : "has an input for each name, not their number"),
                            "Add encode: { " + name
                                    + ": ordinal } to the source in data.train, and leave the column out of transforms "
                                    + "that change numbers, such as standardize, by only: numbers or columns:.")
                    .atConfig(place);
        }
    }

    private Parameter table(LayerContext context, String name, int count) {
        // A slash separates the parts of a checkpoint; percent signs keep names distinct.
        String distinct = name.replace("%", "%25").replace("/", "%2F");
        return context.parameter(distinct, count, width, weights, count, width).regularizer(regularizer);
    }
}
