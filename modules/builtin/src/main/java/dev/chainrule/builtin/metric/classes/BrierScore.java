package dev.chainrule.builtin.metric.classes;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.metric.Classes;
import dev.chainrule.builtin.metric.ExampleMean;
import dev.chainrule.math.Matrix;

/**
 * The mean of Σⱼ (a[j] − y[j])², y being 1 for the example's class and 0 for others; of two classes half of it, which is (a − y)² of a
 * single output, as in {@code brier_score_loss} of scikit-learn.
 *
 * <p>Source: G. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78, 1950, equation 2.
 */
@Component("brier")
@Doc(
        "The mean squared difference of probabilities and correct classes, summed over the classes; of two classes, that of"
                + " one.")
public record BrierScore() implements Metric {
    @Override
    public boolean higherIsBetter() {
        return false;
    }

    @Override
    public void check(Shape output, Target target) {
        Classes.require("brier", output, target);
    }

    @Override
    public Bounds values() {
        return Bounds.from(0);
    }

    @Override
    public Accumulator start() {
        return new ExampleMean() {
            @Override
            protected double of(Matrix a, Matrix y, Matrix costs, int row) {
                int right = Target.trueClass(y, row);
                if (a.columns() == 1) {
                    return (a.get(row, 0) - right) * (a.get(row, 0) - right);
                }
                double sum = 0;
                for (int j = 0; j < a.columns(); j++) {
                    double difference = a.get(row, j) - (j == right ? 1 : 0);
                    sum += difference * difference;
                }
                return a.columns() == 2 ? sum / 2 : sum;
            }
        };
    }
}
