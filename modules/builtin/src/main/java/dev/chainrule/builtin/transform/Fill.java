package dev.chainrule.builtin.transform;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Kernels;
import java.util.List;
import java.util.Optional;

/**
 * The filling of gaps, which a table keeps with {@code missing: keep}, by values learned from the training examples.
 */
@Component("fill")
@Doc(
        "Fill cells without a value, which missing: keep leaves open; what is learned for it from the training examples is kept with"
                + " the model.")
public record Fill(
        @Doc(
                "mean, median or most_common of the column's training examples, a number, a name of the column, or own: a name of"
                        + " its own.")
        FillValue with,

        @Doc("The columns that are filled; by default all that it fits: those of numbers, of names, or both.")
        Optional<List<String>> columns,

        @Doc("Whether each of these columns gets an input besides: 1 where a value was missing, else 0.")
        @Default("false")
        boolean indicator)
        implements TransformSpec {
    public Fill {
        columns.ifPresent(names -> {
            ParameterException.require(!names.isEmpty(), "columns", names, "at least one column");
            ParameterException.require(
                    names.stream().distinct().count() == names.size(), "columns", names, "columns that all differ");
        });
        columns = columns.map(List::copyOf);
    }

    @Override
    public boolean takesGaps() {
        return true;
    }

    @Override
    public Transform create(Encoding encoding, Kernels kernels) {
        return new Filling(this, FilledColumn.of(this, encoding), encoding, kernels);
    }
}
