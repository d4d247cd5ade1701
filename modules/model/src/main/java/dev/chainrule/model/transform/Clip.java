package dev.chainrule.model.transform;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.State;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Numbers;
import java.util.List;
import java.util.Optional;

/**
 * The limitation of numbers to the range between two quantiles of the training examples. A quantile between two numbers is
 * interpolated linearly.
 */
@Component("clip")
@Doc("Limits numbers to the range between two quantiles of the training examples, which are stored with the model.")
public record Clip(
        @Doc("The share of the training examples below the range.") @Default("0.01")
        double from,

        @Doc("The share of the training examples up to the end of the range.") @Default("0.99")
        double to,

        @Doc("The columns to limit; by default, those of numbers.")
        Optional<List<String>> columns)
        implements TransformSpec {
    public Clip {
        ParameterException.require(from >= 0 && from < 1, "from", from, "a share from 0 to below 1");
        ParameterException.require(
                to > from && to <= 1, "to", to, "a share above from, " + Numbers.format(from) + ", up to 1");
        columns = ChosenColumns.distinct(columns);
    }

    @Override
    public boolean beforeRounding() {
        return true;
    }

    @Override
    public Transform create(Encoding encoding, Kernels kernels) {
        return new Clipped(ChosenColumns.inputs(columns, ColumnKind.NUMBERS, encoding), encoding);
    }

    private final class Clipped extends InputwiseTransform {
        private final DoubleMatrix least;
        private final DoubleMatrix greatest;

        Clipped(int[] inputs, Encoding encoding) {
            super(inputs, encoding);
            least = new DoubleMatrix(1, inputs.length);
            greatest = new DoubleMatrix(1, inputs.length);
        }

        @Override
        public void fit(Examples training) {
            AscendingNumbers.of(training, inputs, (place, ascending, count) -> {
                least.set(0, place, AscendingNumbers.quantile(ascending, count, from));
                greatest.set(0, place, AscendingNumbers.quantile(ascending, count, to));
            });
        }

        @Override
        public void save(State state) {
            state.put("least", least).put("greatest", greatest);
        }

        @Override
        public void restore(State state) {
            least.copyFrom(state.matrix("least"));
            greatest.copyFrom(state.matrix("greatest"));
        }

        @Override
        double transformed(int place, double x) {
            return Math.min(Math.max(x, least.get(0, place)), greatest.get(0, place));
        }
    }
}
