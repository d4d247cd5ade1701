package dev.chainrule.builtin.loss;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.math.PairFunction;

/**
 * The cost Σⱼ max(0, 1 − s[j]·a[j]) of each example, where s is 1 for the example's class and −1 for others; its slope is −s within
 * the margin, else 0. Each output is its class against the rest.
 *
 * <p>Source: C. Cortes, V. Vapnik, "Support-Vector Networks", Machine Learning 20, 1995, the sum of the slack variables.
 */
@Component("hinge")
@Doc(
        "The distance by which outputs miss a margin of 1 on the correct side of 0, summed over the outputs, as in a linear"
                + " support vector machine. The cost of a batch is the mean over its examples.")
public record Hinge() implements MarginLoss {
    private static final PairFunction COST = (a, y, unused) -> MarginLoss.missing(a, y);
    private static final PairFunction SLOPE = (a, y, unused) -> MarginLoss.missing(a, y) > 0 ? -MarginLoss.side(y) : 0;

    @Override
    public PairFunction cost() {
        return COST;
    }

    @Override
    public PairFunction slope() {
        return SLOPE;
    }
}
