package dev.chainrule.builtin.metric.numbers;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.metric.Classes;
import dev.chainrule.builtin.metric.Outputs;
import dev.chainrule.math.Matrix;

/**
 * The share of right values among all values of all examples: 1 is right if the output is above the threshold, 0 if it
 * is not. Any other target is never right.
 */
@Component("binary_accuracy")
@Doc("The share of correct outputs for targets of 0 and 1: one or several labels per example.")
public record BinaryAccuracy(
        @Doc("An output above it counts as 1.") @Default("0.5")
        double threshold) implements Metric {
    public BinaryAccuracy {
        ParameterException.require(threshold > 0 && threshold < 1, "threshold", threshold, "above 0 and below 1");
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public void check(Shape output, Target target) {
        if (target.isClass() && !Classes.isThreshold(output, target)) {
            throw new InputException(
                    "binary_accuracy compares values of 0 and 1, but the target is a class ("
                            + target.names().size() + " classes)",
                    "Use accuracy.");
        }
        if (!target.isClass()) {
            Outputs.requireNumbers("binary_accuracy", output, target);
        }
    }

    @Override
    public Bounds values() {
        return Bounds.FRACTIONS;
    }

    @Override
    public Accumulator start() {
        return new RightValues(threshold);
    }

    private static final class RightValues implements Accumulator {
        private final double threshold;
        private long right;
        private long values;

        RightValues(double threshold) {
            this.threshold = threshold;
        }

        @Override
        public void add(Matrix a, Matrix y, Matrix costs) {
            for (int i = 0; i < a.rows(); i++) {
                for (int j = 0; j < a.columns(); j++) {
                    right += y.get(i, j) == (a.get(i, j) > threshold ? 1 : 0) ? 1 : 0;
                }
            }
            values += (long) a.rows() * a.columns();
        }

        @Override
        public double value() {
            return values == 0 ? Double.NaN : (double) right / values;
        }

        @Override
        public void save(State to) {
            to.put("right", right).put("values", values);
        }

        @Override
        public void restore(State from) {
            right = from.whole("right");
            values = from.whole("values");
        }
    }
}
