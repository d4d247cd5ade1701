package dev.chainrule.model.transform;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.InvertibleTransform;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Strict;
import java.util.List;
import java.util.Optional;

/** The natural logarithm: x = ln x, undone by eˣ. Computed in float64. */
@Component("log")
@Doc("Takes the natural logarithm of numbers above 0, such as prices and incomes, whose differences grow "
        + "with their size.")
public record Log(
        @Doc("The columns to transform; by default, those of numbers.")
        Optional<List<String>> columns) implements TransformSpec {
    public Log {
        columns = ChosenColumns.distinct(columns);
    }

    @Override
    public boolean beforeRounding() {
        return true;
    }

    @Override
    public Bounds takes() {
        return Bounds.POSITIVE;
    }

    @Override
    public InvertibleTransform create(Encoding encoding, Kernels kernels) {
        return new Logarithm(ChosenColumns.inputs(columns, ColumnKind.NUMBERS, encoding), encoding);
    }

    private static final class Logarithm extends InputwiseTransform.Invertible {
        Logarithm(int[] inputs, Encoding encoding) {
            super(inputs, encoding);
        }

        @Override
        double transformed(int place, double x) {
            return Strict.log(x);
        }

        @Override
        double original(int place, double y) {
            return Strict.exp(y);
        }
    }
}
