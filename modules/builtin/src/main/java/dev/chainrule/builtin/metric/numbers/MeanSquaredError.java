package dev.chainrule.builtin.metric.numbers;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.math.PairFunction;

/** The mean squared error over examples and outputs: Σᵢ Σⱼ (a[i, j] − y[i, j])² / (examples·outputs). */
@Component("mse")
@Doc("The mean squared difference of outputs and targets, over examples and outputs.")
public record MeanSquaredError() implements DifferenceMean {
    static final PairFunction SQUARE = (a, y, unused) -> (a - y) * (a - y);

    @Override
    public PairFunction difference() {
        return SQUARE;
    }
}
