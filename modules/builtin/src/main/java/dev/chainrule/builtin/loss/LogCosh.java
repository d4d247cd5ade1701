package dev.chainrule.builtin.loss;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.math.PairFunction;
import dev.chainrule.math.Strict;

/**
 * The cost Σⱼ log cosh d with d = a[j] − y[j]; its slope is tanh d.
 *
 * <p>cosh d − 1 = (e^|d| − 1)·(1 − e^−|d|) / 2 keeps its digits for small d, and log cosh d = |d| + log(1 + e^−2|d|) − log 2 does not
 * overflow for large ones: the first is used up to 1.
 */
@Component("log_cosh")
@Doc("The logarithm of the hyperbolic cosine of the difference: like half its square if it is small, like its magnitude"
        + " if it is large. The cost of a batch is the mean over its examples.")
public record LogCosh() implements ElementwiseLoss {
    private static final double LOG_2 = 0.6931471805599453;
    private static final PairFunction COST = (a, y, unused) -> {
        double d = Math.abs(a - y);
        return d <= 1
                ? Strict.log1p(-Strict.expm1(d) * Strict.expm1(-d) / 2)
                : d + Strict.log1p(Strict.exp(-2 * d)) - LOG_2;
    };
    private static final PairFunction SLOPE = (a, y, unused) -> Strict.tanh(a - y);

    @Override
    public PairFunction cost() {
        return COST;
    }

    @Override
    public PairFunction slope() {
        return SLOPE;
    }
}
