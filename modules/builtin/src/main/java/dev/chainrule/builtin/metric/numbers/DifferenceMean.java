package dev.chainrule.builtin.metric.numbers;

import dev.chainrule.api.Component;
import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.metric.ExampleMean;
import dev.chainrule.builtin.metric.Outputs;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.PairFunction;

/** The mean of a difference over examples and outputs: Σᵢ Σⱼ difference(a[i, j], y[i, j], p) / (examples·outputs). Lower is better. */
interface DifferenceMean extends Metric {
    /** Return the difference of an output and its target, 0 or more: a function of a, y and p. */
    PairFunction difference();

    /** Return p. */
    default double parameter() {
        return 0;
    }

    /** Return the metric of the mean difference. */
    default double of(double mean) {
        return mean;
    }

    @Override
    default boolean higherIsBetter() {
        return false;
    }

    @Override
    default void check(Shape output, Target target) {
        Outputs.requireNumbers(getClass().getAnnotation(Component.class).value(), output, target);
    }

    @Override
    default Bounds values() {
        return Bounds.from(0);
    }

    @Override
    default Accumulator start() {
        return new ExampleMean() {
            @Override
            protected double of(Matrix a, Matrix y, Matrix costs, int row) {
                return a.sumRow(difference(), y, parameter(), row) / a.columns();
            }

            @Override
            protected double of(double mean) {
                return DifferenceMean.this.of(mean);
            }
        };
    }
}
