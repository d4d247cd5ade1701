package dev.chainrule.builtin.loss;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.math.PairFunction;

/**
 * The cost Σⱼ ½d² with d = a[j] − y[j] if |d| ≤ delta, otherwise Σⱼ delta·(|d| − ½delta); its slope is d, from −delta to delta.
 *
 * <p>Source: P. Huber, "Robust Estimation of a Location Parameter", Annals of Mathematical Statistics 35, 1964.
 */
@Component("huber")
@Doc("Half the squared difference of outputs and targets, but only a straight line beyond delta, so that outliers count"
        + " less. The cost of a batch is the mean over its examples.")
public record Huber(
        @Doc("The difference beyond which the cost is a straight line: above 0.") @Default("1")
        double delta) implements ElementwiseLoss {
    private static final PairFunction COST = (a, y, delta) -> {
        double distance = Math.abs(a - y);
        return distance <= delta ? 0.5 * distance * distance : delta * (distance - 0.5 * delta);
    };
    private static final PairFunction SLOPE = (a, y, delta) -> Math.max(-delta, Math.min(delta, a - y));

    public Huber {
        ParameterException.require(delta > 0 && Double.isFinite(delta), "delta", delta, "a finite number above 0");
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
        return delta;
    }

    @Override
    public void branch(double a, double y, Branches branches) {
        branches.addSide(Math.abs(a - y), delta);
    }
}
