package dev.chainrule.builtin.metric.classes;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.metric.Classes;
import dev.chainrule.builtin.metric.ExampleMean;
import dev.chainrule.math.Matrix;

/**
 * The share of examples whose predicted class is the right one. The predicted class is that of the largest output, the
 * lowest one among equals; a single output above 0.5 means class 1.
 */
@Component("accuracy")
@Doc("The share of examples whose largest output is that of the correct class. A single output above 0.5 means "
        + "class 1.")
public record Accuracy() implements ClassMetric {
    @Override
    public void check(Shape output, Target target) {
        Classes.require("accuracy", output, target);
    }

    @Override
    public Bounds values() {
        return Bounds.FRACTIONS;
    }

    @Override
    public Accumulator start() {
        return new ExampleMean() {
            @Override
            protected double of(Matrix a, Matrix y, Matrix costs, int row) {
                return Target.predictedClass(a, row) == Target.trueClass(y, row) ? 1 : 0;
            }
        };
    }
}
