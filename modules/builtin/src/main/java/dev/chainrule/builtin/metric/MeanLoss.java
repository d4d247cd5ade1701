package dev.chainrule.builtin.metric;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;

/** The mean of the examples' costs, without regularizers. */
@Component("loss")
@Doc("The mean cost of an example, without regularizers.")
public record MeanLoss() implements Metric {
    @Override
    public boolean higherIsBetter() {
        return false;
    }

    @Override
    public void check(Shape output, Target target) {}

    @Override
    public Accumulator start() {
        return new ExampleMean() {
            @Override
            protected double of(Matrix a, Matrix y, Matrix costs, int row) {
                return costs.get(row, 0);
            }
        };
    }
}
