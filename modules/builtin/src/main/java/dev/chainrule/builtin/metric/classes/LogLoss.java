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
import dev.chainrule.math.Strict;

/**
 * The mean of −log max(p, 2⁻⁵²), p being the output of the example's class, as in {@code log_loss} of scikit-learn. A single output is that of
 * class 1, and 1 minus it that of class 0.
 */
@Component("log_loss")
@Doc("The mean negative logarithm of the probability of the correct class, in float64 and without class weights.")
public record LogLoss() implements Metric {
    private static final double LEAST = 0x1p-52;

    @Override
    public boolean higherIsBetter() {
        return false;
    }

    @Override
    public void check(Shape output, Target target) {
        Classes.require("log_loss", output, target);
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
                double p = a.columns() > 1 ? a.get(row, right) : right == 1 ? a.get(row, 0) : 1 - a.get(row, 0);
                return -Strict.log(Math.min(1, Math.max(p, LEAST)));
            }
        };
    }
}
