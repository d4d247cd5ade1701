package dev.chainrule.builtin.metric.numbers;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.math.PairFunction;

/** The square root of the mean squared error: √(Σᵢ Σⱼ (a[i, j] − y[i, j])² / (examples·outputs)). */
@Component("rmse")
@Doc("The square root of the mean squared difference of outputs and targets, in the targets' unit.")
public record RootMeanSquaredError() implements DifferenceMean {
    @Override
    public double of(double mean) {
        return Math.sqrt(mean);
    }

    @Override
    public PairFunction difference() {
        return MeanSquaredError.SQUARE;
    }
}
