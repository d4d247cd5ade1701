package dev.chainrule.builtin.loss;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.math.PairFunction;

/**
 * The cost Σⱼ q·(y[j] − a[j]) where a is below y, and (1 − q)·(a[j] − y[j]) above it, with q = level; its slope is −q below y,
 * 1 − q above it, and 0 on it. The constant that minimises it is the q-quantile of the targets.
 *
 * <p>Source: R. Koenker, G. Bassett, "Regression Quantiles", Econometrica 46, 1978.
 */
@Component("quantile")
@Doc("Learns a quantile of the target instead of its mean: a level of 0.9 gives outputs that nine of ten targets do not"
        + " exceed. Also called pinball loss.")
public record Quantile(
        @Doc("The quantile to learn: above 0 and below 1. 0.5 is the median.") @Default("0.5")
        double level) implements ElementwiseLoss {
    private static final PairFunction COST = (a, y, q) -> a < y ? q * (y - a) : (1 - q) * (a - y);
    private static final PairFunction SLOPE = (a, y, q) -> a < y ? -q : a > y ? 1 - q : 0;

    public Quantile {
        ParameterException.require(level > 0 && level < 1, "level", level, "above 0 and below 1");
    }

    @Override
    public PairFunction cost() {
        return COST;
    }

    @Override
    public PairFunction slope() {
        return SLOPE;
    }

    @Override
    public double parameter() {
        return level;
    }

    @Override
    public void branch(double a, double y, Branches branches) {
        branches.addSide(a, y);
    }
}
