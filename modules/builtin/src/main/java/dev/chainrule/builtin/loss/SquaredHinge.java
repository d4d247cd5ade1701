package dev.chainrule.builtin.loss;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.math.PairFunction;

/**
 * The cost Σⱼ max(0, 1 − s[j]·a[j])² of each example, where s is 1 for the example's class and −1 for others; its slope is
 * −2s·max(0, 1 − s·a). Each output is its class against the rest.
 *
 * <p>Source: Y. Tang, "Deep Learning using Linear Support Vector Machines", 2013, equation 10, without its factors.
 */
@Component("squared_hinge")
@Doc("The square of the distance by which outputs miss a margin of 1 on the correct side of 0, summed over the outputs."
        + " The cost of a batch is the mean over its examples.")
public record SquaredHinge() implements MarginLoss {
    private static final PairFunction COST = (a, y, unused) -> MarginLoss.missing(a, y) * MarginLoss.missing(a, y);
    private static final PairFunction SLOPE = (a, y, unused) -> -2 * MarginLoss.side(y) * MarginLoss.missing(a, y);

    @Override
    public PairFunction cost() {
        return COST;
    }

    @Override
    public PairFunction slope() {
        return SLOPE;
    }
}
