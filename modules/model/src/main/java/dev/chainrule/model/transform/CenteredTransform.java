package dev.chainrule.model.transform;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.State;
import dev.chainrule.math.DoubleMatrix;

/** A transform of inputs from their order statistics: (x − center)/spread, both learned from the training examples. */
abstract class CenteredTransform extends InputwiseTransform.Invertible {
    private final String centerName;
    private final String spreadName;
    private final DoubleMatrix center;
    private final DoubleMatrix spread;

    CenteredTransform(String centerName, String spreadName, int[] inputs, Encoding encoding) {
        super(inputs, encoding);
        this.centerName = centerName;
        this.spreadName = spreadName;
        this.center = new DoubleMatrix(1, inputs.length);
        this.spread = new DoubleMatrix(1, inputs.length);
        this.spread.fill(1);
    }

    /** A statistic of numbers in ascending order. */
    @FunctionalInterface
    interface Statistic {
        double of(double[] ascending, int count);
    }

    /** Learn center and spread; a spread of 0, or one whose inverse is infinite, is replaced by 1. */
    final void learn(Examples training, Statistic centers, Statistic spreads) {
        AscendingNumbers.of(training, inputs, (place, ascending, count) -> {
            double width = spreads.of(ascending, count);
            if (!Double.isFinite(ascending[count - 1] - ascending[0])) {
                throw new InputException(
                        encoding().inputName(inputs[place]) + " has numbers too far apart to be scaled",
                        "The difference of its numbers must be below 1.79e308.");
            }
            center.set(0, place, centers.of(ascending, count));
            spread.set(0, place, Double.isFinite(1 / width) ? width : 1);
        });
    }

    final double centered(int place, double x) {
        return (x - center.get(0, place)) / spread.get(0, place);
    }

    /** Undo {@link #centered}. */
    final double uncentered(int place, double y) {
        return Math.fma(y, spread.get(0, place), center.get(0, place));
    }

    @Override
    public final void save(State to) {
        to.put(centerName, center).put(spreadName, spread);
    }

    @Override
    public final void restore(State from) {
        center.copyFrom(from.matrix(centerName));
        spread.copyFrom(from.matrix(spreadName));
    }
}
