package dev.chainrule.model.transform.category;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Kernels;
import dev.chainrule.model.transform.ChosenColumns;
import java.util.List;
import java.util.Optional;

/** A column of the combinations of names in several columns, with one input for each; it follows the last of them. */
@Component("cross")
@Doc(
        "Adds a column with an input for each combination of names in several columns, 1 for the combination of the example. With buckets, "
                + "combinations are hashed into that number of inputs.")
public record Cross(
        @Doc("The columns of names, two or more, which stay.")
        List<String> columns,

        @Doc("The number of inputs, if combinations are hashed.")
        Optional<Integer> buckets)
        implements TransformSpec {
    private static final int MOST = 100_000;

    public Cross {
        columns = ChosenColumns.distinct(Optional.of(columns)).orElseThrow();
        ParameterException.require(columns.size() >= 2, "columns", columns, "two columns or more");
        buckets.ifPresent(count -> ParameterException.require(
                count >= 2 && count <= MOST, "buckets", count, "an integer from 2 to " + MOST));
    }

    @Override
    public Transform create(Encoding encoding, Kernels kernels) {
        ChosenColumns.require(Optional.of(columns), encoding);
        if (buckets.isEmpty()) {
            double combinations = CategoryTransform.columns(columns, encoding).stream()
                    .mapToDouble(column -> Math.max(1, column.categories().size()))
                    .reduce(1, (some, more) -> some * more);
            if (combinations > MOST) {
                throw new InputException(
                                "the columns have " + (long) combinations + " combinations of names, but at most "
                                        + MOST + " can have an input each",
                                "Hash them: add buckets: 1000.")
                        .atConfig("columns");
            }
        }
        return new Crossing(this, encoding, kernels);
    }
}
