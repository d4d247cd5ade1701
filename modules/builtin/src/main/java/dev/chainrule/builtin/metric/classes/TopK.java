package dev.chainrule.builtin.metric.classes;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.metric.Classes;
import dev.chainrule.builtin.metric.ExampleMean;
import dev.chainrule.math.Matrix;

/**
 * The share of examples whose class is among the k with the largest outputs. Among equal outputs the lower class comes
 * first, so that {@code k: 1} is accuracy.
 */
@Component("top_k")
@Doc("The share of examples whose class is among those of the k largest outputs.")
public record TopK(
        @Doc("How many of the largest outputs count.") int k) implements Metric {
    public TopK {
        ParameterException.require(k >= 1, "k", k, "1 or more");
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public void check(Shape output, Target target) {
        Classes.require("top_k", output, target);
        int classes = target.names().size();
        if (k >= classes) {
            throw new InputException(
                            "top_k counts the " + k + " largest outputs, but with " + classes
                                    + " classes, that is always correct",
                            "Write k: " + (classes - 1) + (classes > 2 ? " or less." : "."))
                    .atConfig("k");
        }
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
                int right = Target.trueClass(y, row);
                return a.columns() == 1
                        ? Target.predictedClass(a, row) == right ? 1 : 0
                        : before(a, row, right) < k ? 1 : 0;
            }
        };
    }

    /** Count the classes that come before one. */
    private static int before(Matrix a, int row, int one) {
        double output = a.get(row, one);
        int before = 0;
        for (int j = 0; j < a.columns(); j++) {
            before += a.get(row, j) > output || a.get(row, j) == output && j < one ? 1 : 0;
        }
        return before;
    }
}
