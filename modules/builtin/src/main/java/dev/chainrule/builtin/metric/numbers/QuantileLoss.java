package dev.chainrule.builtin.metric.numbers;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.PairFunction;

/**
 * The mean of the {@link dev.chainrule.builtin.loss.Quantile} cost over examples and outputs: with q = level, q·(y − a) where a is below
 * y, and (1 − q)·(a − y) above it, as in {@code mean_pinball_loss} of scikit-learn.
 */
@Component("quantile_loss")
@Doc("The mean cost of the quantile loss: how well the outputs predict a quantile of the targets.")
public record QuantileLoss(
        @Doc("The predicted quantile: above 0 and below 1. 0.5 is the median.") @Default("0.5")
        double level) implements DifferenceMean {
    private static final PairFunction DISTANCE = (a, y, q) -> a < y ? q * (y - a) : (1 - q) * (a - y);

    public QuantileLoss {
        ParameterException.require(level > 0 && level < 1, "level", level, "above 0 and below 1");
    }

    @Override
    public double parameter() {
        return level;
    }

    @Override
    public PairFunction difference() {
        return DISTANCE;
    }
}
