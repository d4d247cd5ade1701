package dev.chainrule.model.transform;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.InvertibleTransform;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.State;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import java.util.List;
import java.util.Optional;

/**
 * The power transform of Yeo and Johnson (2000), of the λ under which the training examples resemble a normal distribution most: see
 * {@link YeoJohnson}. Computed in float64.
 *
 * <p>Below λ = 0 the function is below −1/λ, and above λ = 2 it is above −1/(λ − 2), so that it cannot be undone for every
 * output of a network; such a transform is undone for outputs between the least and the greatest training example, and for others
 * as for the nearer of these.
 */
@Component("power")
@Doc(
        "Applies the power transform of Yeo and Johnson, with the power that makes each column of the training examples most "
                + "like a normal distribution; the powers are stored with the model. Follow it with standardize.")
public record Power(
        @Doc("The columns to transform; by default, those of numbers.")
        Optional<List<String>> columns) implements TransformSpec {
    private static final double LEAST_UNBOUNDED = 0;
    private static final double GREATEST_UNBOUNDED = 2;

    public Power {
        columns = ChosenColumns.distinct(columns);
    }

    @Override
    public boolean beforeRounding() {
        return true;
    }

    @Override
    public InvertibleTransform create(Encoding encoding, Kernels kernels) {
        return new Raised(ChosenColumns.inputs(columns, ColumnKind.NUMBERS, encoding), encoding);
    }

    private static final class Raised extends InputwiseTransform.Invertible {
        private final DoubleMatrix lambda;
        private final DoubleMatrix least;
        private final DoubleMatrix greatest;

        Raised(int[] inputs, Encoding encoding) {
            super(inputs, encoding);
            lambda = new DoubleMatrix(1, inputs.length);
            lambda.fill(1);
            least = new DoubleMatrix(1, inputs.length);
            greatest = new DoubleMatrix(1, inputs.length);
        }

        @Override
        public void fit(Examples training) {
            AscendingNumbers.of(training, inputs, (place, ascending, count) -> {
                double fitted = YeoJohnson.fit(ascending, count);
                if (!Double.isFinite(fitted)) {
                    throw new InputException(
                            encoding().inputName(inputs[place]) + " has numbers too large for a power",
                            "Divide them with scale first, or take their logarithm with log.");
                }
                lambda.set(0, place, fitted);
                least.set(0, place, ascending[0]);
                greatest.set(0, place, ascending[count - 1]);
            });
        }

        @Override
        double transformed(int place, double x) {
            return YeoJohnson.of(x, lambda.get(0, place));
        }

        @Override
        double original(int place, double y) {
            double power = lambda.get(0, place);
            if (power >= LEAST_UNBOUNDED && power <= GREATEST_UNBOUNDED) {
                return YeoJohnson.inverse(y, power);
            }
            double low = transformed(place, least.get(0, place));
            double high = transformed(place, greatest.get(0, place));
            return YeoJohnson.inverse(Math.min(Math.max(y, low), high), power);
        }

        @Override
        public void save(State to) {
            to.put("lambda", lambda).put("least", least).put("greatest", greatest);
        }

        @Override
        public void restore(State from) {
            lambda.copyFrom(from.matrix("lambda"));
            least.copyFrom(from.matrix("least"));
            greatest.copyFrom(from.matrix("greatest"));
        }
    }
}
