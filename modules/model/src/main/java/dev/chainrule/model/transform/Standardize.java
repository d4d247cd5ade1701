package dev.chainrule.model.transform;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.InvertibleTransform;
import dev.chainrule.math.Kernels;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A transform of inputs to mean 0 and standard deviation 1, as measured on the training examples only; of all unless some are chosen. */
@Component("standardize")
@Doc("Scales inputs to mean 0 and standard deviation 1, as measured on the training examples; both are "
        + "stored with the model.")
public record Standardize(
        @Doc("The columns to scale; by default, all.") Optional<List<String>> columns,

        @Doc("numbers to scale only columns of numbers, or categories to scale only those of names.")
        Optional<ColumnKind> only)
        implements TransformSpec {
    public Standardize {
        columns = ChosenColumns.distinct(columns, only);
    }

    @Override
    public InvertibleTransform create(Encoding encoding, Kernels kernels) {
        boolean all = columns.isEmpty() && only.isEmpty();
        int[] chosen = all
                ? IntStream.range(0, encoding.shape().size()).toArray()
                : ChosenColumns.inputs(columns, only.orElse(ColumnKind.NUMBERS), encoding);
        return new Standardization(chosen, encoding, kernels);
    }

    @Override
    public boolean beforeRounding() {
        return true;
    }
}
