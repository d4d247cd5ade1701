package dev.chainrule.model.transform;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.InvertibleTransform;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Numbers;
import java.util.List;
import java.util.Optional;

/**
 * The transform of the least and the greatest number of the training examples, l and g, to given numbers: x = fma((x − l)/(g − l),
 * to − from, from). Numbers beyond them go beyond; an input that is the same in all examples becomes {@code from}. Undone by l +
 * (x − from)/(to − from)·(g − l). Computed in float64.
 */
@Component("min_max")
@Doc(
        "Scales numbers so that the smallest of the training examples becomes from and the largest becomes to; both are stored "
                + "with the model.")
public record MinMax(
        @Doc("The result for the smallest number.") @Default("0")
        double from,

        @Doc("The result for the largest number.") @Default("1")
        double to,

        @Doc("The columns to scale; by default, those of numbers.")
        Optional<List<String>> columns)
        implements TransformSpec {
    public MinMax {
        ParameterException.require(Double.isFinite(from), "from", from, "a finite number");
        ParameterException.require(
                Double.isFinite(to) && to > from, "to", to, "a finite number above from, " + Numbers.format(from));
        columns = ChosenColumns.distinct(columns);
    }

    @Override
    public boolean beforeRounding() {
        return true;
    }

    @Override
    public InvertibleTransform create(Encoding encoding, Kernels kernels) {
        return new Scaled(ChosenColumns.inputs(columns, ColumnKind.NUMBERS, encoding), encoding);
    }

    private final class Scaled extends CenteredTransform {
        Scaled(int[] inputs, Encoding encoding) {
            super("least", "range", inputs, encoding);
        }

        @Override
        public void fit(Examples training) {
            learn(
                    training,
                    (ascending, count) -> ascending[0],
                    (ascending, count) -> ascending[count - 1] - ascending[0]);
        }

        @Override
        double transformed(int place, double x) {
            return Math.fma(centered(place, x), to - from, from);
        }

        @Override
        double original(int place, double y) {
            return uncentered(place, (y - from) / (to - from));
        }
    }
}
