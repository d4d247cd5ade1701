package dev.chainrule.builtin.metric;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.PairFunction;

/** The mean absolute error over examples and outputs: Σᵢ Σⱼ |a[i, j] − y[i, j]| / (examples·outputs). */
@Component("mae")
@Doc("The mean absolute difference of outputs and targets, over examples and outputs.")
public record MeanAbsoluteError() implements Metric {
    private static final PairFunction DISTANCE = (a, y, unused) -> Math.abs(a - y);

    @Override
    public boolean higherIsBetter() {
        return false;
    }

    @Override
    public void check(Shape output, Target target) {
        Outputs.requireNumbers("mae", output, target);
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
                return a.sumRow(DISTANCE, y, 0, row) / a.columns();
            }
        };
    }
}
