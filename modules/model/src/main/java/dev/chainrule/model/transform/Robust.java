package dev.chainrule.model.transform;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.InvertibleTransform;
import dev.chainrule.math.Kernels;
import java.util.List;
import java.util.Optional;

/**
 * The transform x = (x − median)/(q₃ − q₁), with the median and the quartiles of the training examples, which a few wild numbers do
 * not move. Quartiles between two numbers are interpolated linearly; if both are equal, 1 takes the place of their difference.
 * Undone by median + x·(q₃ − q₁). Computed in float64.
 */
@Component("robust")
@Doc(
        "Subtracts the median of the training examples and divides by the difference of their quartiles, so that a few outliers "
                + "have no influence; both are stored with the model.")
public record Robust(
        @Doc("The columns to scale; by default, those of numbers.")
        Optional<List<String>> columns) implements TransformSpec {
    private static final double LOWER = 0.25;
    private static final double MIDDLE = 0.5;
    private static final double UPPER = 0.75;

    public Robust {
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

    private static final class Scaled extends CenteredTransform {
        Scaled(int[] inputs, Encoding encoding) {
            super("median", "spread", inputs, encoding);
        }

        @Override
        public void fit(Examples training) {
            learn(
                    training,
                    (ascending, count) -> AscendingNumbers.quantile(ascending, count, MIDDLE),
                    (ascending, count) -> AscendingNumbers.quantile(ascending, count, UPPER)
                            - AscendingNumbers.quantile(ascending, count, LOWER));
        }

        @Override
        double transformed(int place, double x) {
            return centered(place, x);
        }

        @Override
        double original(int place, double y) {
            return uncentered(place, y);
        }
    }
}
