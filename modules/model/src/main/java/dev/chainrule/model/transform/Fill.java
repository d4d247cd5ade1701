package dev.chainrule.model.transform;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Transform;
import dev.chainrule.math.Kernels;
import java.util.List;
import java.util.Optional;

/**
 * The filling of gaps, which a table keeps with {@code missing: keep}, by values learned from the training examples.
 */
@Component("fill")
@Doc("Fills cells without a value, which missing: keep leaves empty; values computed from the training "
        + "examples are stored with the model.")
public record Fill(
        @Doc("mean, median or most_common of the column's training examples, a number, a name of the column, "
                + "or own: a separate name.")
        FillValue with,

        @Doc("The columns to fill; by default, all that the value fits: those of numbers, of names, or both.")
        Optional<List<String>> columns,

        @Doc("Whether to add an input for each of these columns: 1 if a value was missing, else 0.") @Default("false")
        boolean indicator)
        implements TransformSpec {
    public Fill {
        columns = ChosenColumns.distinct(columns);
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
