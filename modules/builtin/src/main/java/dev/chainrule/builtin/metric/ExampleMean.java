package dev.chainrule.builtin.metric;

import dev.chainrule.api.Metric;
import dev.chainrule.api.training.State;
import dev.chainrule.math.Matrix;

/** The mean of a quantity of each example: a sum in float64, example by example, divided by their number at the end. */
public abstract class ExampleMean implements Metric.Accumulator {
    private double sum;
    private long count;

    /** Return the quantity of one example. */
    protected abstract double of(Matrix a, Matrix y, Matrix costs, int row);

    /** Return the metric of the mean quantity. */
    protected double of(double mean) {
        return mean;
    }

    @Override
    public final void add(Matrix a, Matrix y, Matrix costs) {
        for (int i = 0; i < a.rows(); i++) {
            sum += of(a, y, costs, i);
        }
        count += a.rows();
    }

    @Override
    public final double value() {
        return count == 0 ? Double.NaN : of(sum / count);
    }

    @Override
    public final void save(State to) {
        to.put("sum", sum).put("count", count);
    }

    @Override
    public final void restore(State from) {
        sum = from.number("sum");
        count = from.whole("count");
    }
}
