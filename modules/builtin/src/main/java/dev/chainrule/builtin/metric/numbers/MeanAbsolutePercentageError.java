package dev.chainrule.builtin.metric.numbers;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.math.PairFunction;

/**
 * The mean error in relation to the targets: Σᵢ Σⱼ |a[i, j] − y[i, j]| / max(|y[i, j]|, 2⁻⁵²) / (examples·outputs), a fraction, as in
 * {@code mean_absolute_percentage_error} of scikit-learn.
 */
@Component("mape")
@Doc("The mean absolute difference of outputs and targets as a share of the targets: 0.1 is 10 %. Targets of 0 make it"
        + " huge.")
public record MeanAbsolutePercentageError() implements DifferenceMean {
    private static final double LEAST = 0x1p-52;
    private static final PairFunction DISTANCE = (a, y, unused) -> Math.abs(a - y) / Math.max(Math.abs(y), LEAST);

    @Override
    public PairFunction difference() {
        return DISTANCE;
    }
}
