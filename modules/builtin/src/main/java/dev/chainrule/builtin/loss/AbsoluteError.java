package dev.chainrule.builtin.loss;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.math.PairFunction;

/** The cost Σⱼ |a[j] − y[j]| of each example; its slope is the sign of a − y, and 0 if they are equal. */
@Component("mae")
@Doc("The absolute difference of outputs and targets, summed over the outputs: outliers count less than in quadratic."
        + " The cost of a batch is the mean over its examples.")
public record AbsoluteError() implements ElementwiseLoss {
    private static final PairFunction COST = (a, y, unused) -> Math.abs(a - y);
    private static final PairFunction SLOPE = (a, y, unused) -> a > y ? 1 : a < y ? -1 : 0;

    @Override
    public PairFunction cost() {
        return COST;
    }

    @Override
    public PairFunction slope() {
        return SLOPE;
    }

    @Override
    public void branch(double a, double y, Branches branches) {
        branches.addSide(a, y);
    }
}
