package dev.chainrule.builtin.metric.classes;

import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.training.State;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;

/** The numbers of examples of each class: actual, predicted, and both. */
final class ClassCounts implements Metric.Accumulator {
    private static final String COUNTS = "counts";
    private static final int ACTUAL = 0;
    private static final int PREDICTED = 1;
    private static final int RIGHT = 2;

    private final ToDoubleFunction<ClassCounts> value;
    private final Optional<Double> threshold;
    /** [3, classes], of whole numbers, which float64 represents exactly up to 2⁵³. */
    private final Matrix counts;

    /**
     * Begin with no examples.
     *
     * @param value the metric, of one example or more
     */
    ClassCounts(int classes, ToDoubleFunction<ClassCounts> value) {
        this(classes, Optional.empty(), value);
    }

    /**
     * Begin with no examples.
     *
     * @param threshold above which the output of the second of two classes predicts it; if empty, the largest output decides
     * @param value the metric, of one example or more
     */
    ClassCounts(int classes, Optional<Double> threshold, ToDoubleFunction<ClassCounts> value) {
        this.counts = new DoubleMatrix(RIGHT + 1, classes);
        this.threshold = threshold;
        this.value = value;
    }

    @Override
    public void add(Matrix a, Matrix y, Matrix costs) {
        for (int i = 0; i < a.rows(); i++) {
            int actual = Target.trueClass(y, i);
            int predicted = predicted(a, i);
            count(ACTUAL, actual);
            count(PREDICTED, predicted);
            if (actual == predicted) {
                count(RIGHT, actual);
            }
        }
    }

    private int predicted(Matrix a, int row) {
        if (threshold.isEmpty()) {
            return Target.predictedClass(a, row);
        }
        return a.get(row, a.columns() - 1) > threshold.get() ? 1 : 0;
    }

    private void count(int which, int ofClass) {
        counts.set(which, ofClass, counts.get(which, ofClass) + 1);
    }

    int classes() {
        return counts.columns();
    }

    /** Return the number of examples of a class. */
    double actual(int ofClass) {
        return counts.get(ACTUAL, ofClass);
    }

    /** Return the number of examples that were predicted as a class. */
    double predicted(int ofClass) {
        return counts.get(PREDICTED, ofClass);
    }

    /** Return the number of examples of a class that were predicted as it. */
    double right(int ofClass) {
        return counts.get(RIGHT, ofClass);
    }

    /** Return the number of examples. */
    double examples() {
        return sum(this::actual);
    }

    /** Return the number of examples that were predicted as their class. */
    double right() {
        return sum((IntToDoubleFunction) this::right);
    }

    /** Return the sum of a quantity over the classes, ascending. */
    double sum(IntToDoubleFunction quantity) {
        double sum = 0;
        for (int c = 0; c < classes(); c++) {
            sum += quantity.applyAsDouble(c);
        }
        return sum;
    }

    @Override
    public double value() {
        return examples() == 0 ? Double.NaN : value.applyAsDouble(this);
    }

    @Override
    public void save(State to) {
        to.put(COUNTS, counts);
    }

    @Override
    public void restore(State from) {
        counts.copyFrom(from.matrix(COUNTS));
    }
}
