package dev.chainrule.builtin.metric.numbers;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.math.PairFunction;

/** The mean absolute error over examples and outputs: Σᵢ Σⱼ |a[i, j] − y[i, j]| / (examples·outputs). */
@Component("mae")
@Doc("The mean absolute difference of outputs and targets, over examples and outputs.")
public record MeanAbsoluteError() implements DifferenceMean {
    private static final PairFunction DISTANCE = (a, y, unused) -> Math.abs(a - y);

    @Override
    public PairFunction difference() {
        return DISTANCE;
    }
}
