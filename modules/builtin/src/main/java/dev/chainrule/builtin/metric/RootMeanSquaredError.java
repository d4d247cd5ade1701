package dev.chainrule.builtin.metric;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;

/** The square root of the mean squared error: √(Σᵢ Σⱼ (a[i, j] − y[i, j])² / (examples·outputs)). */
@Component("rmse")
@Doc("The square root of the mean squared difference of outputs and targets, in the targets' unit.")
public record RootMeanSquaredError() implements Metric {
    @Override
    public boolean higherIsBetter() {
        return false;
    }

    @Override
    public void check(Shape output, Target target) {
        Outputs.requireNumbers("rmse", output, target);
    }

    @Override
    public Bounds values() {
        return Bounds.from(0);
    }

    @Override
    public Accumulator start() {
        return new ExampleMean() {
            @Override
            double of(Matrix a, Matrix y, Matrix costs, int row) {
                return a.sumRow(MeanSquaredError.SQUARE, y, 0, row) / a.columns();
            }

            @Override
            double of(double mean) {
                return Math.sqrt(mean);
            }
        };
    }
}
