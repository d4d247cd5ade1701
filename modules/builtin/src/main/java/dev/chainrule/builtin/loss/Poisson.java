package dev.chainrule.builtin.loss;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Warning;
import dev.chainrule.math.PairFunction;
import dev.chainrule.math.Strict;
import java.util.Optional;

/**
 * The cost Σⱼ a[j] − y[j]·log a[j] of each example, no logarithm's argument below 1e-8; its slope is 1 − y/a with the same
 * floor. It is the negative log-likelihood of counts y with the expectation a, without the terms that do not depend on a.
 */
@Component("poisson")
@Doc("The negative log-likelihood of counts whose expectations are the outputs: use it after softplus. Targets are 0 or"
        + " more. The cost of a batch is the mean over its examples.")
public record Poisson() implements ElementwiseLoss {
    private static final double FLOOR = 1e-8;
    private static final PairFunction COST = (a, y, unused) -> a - (y == 0 ? 0 : y * Strict.log(Math.max(a, FLOOR)));
    private static final PairFunction SLOPE = (a, y, unused) -> 1 - y / Math.max(a, FLOOR);

    @Override
    public PairFunction cost() {
        return COST;
    }

    @Override
    public PairFunction slope() {
        return SLOPE;
    }

    /** Below the floor the cost hardly changes, but its gradient still points in the right direction. */
    @Override
    public void branch(double a, double y, Branches branches) {
        if (y != 0 && !(a > FLOOR)) {
            branches.markNotDifferentiable();
        }
    }

    @Override
    public Bounds targets() {
        return Bounds.from(0);
    }

    @Override
    public Optional<Warning> warning(Bounds outputs) {
        return outputs.least() >= 0
                ? Optional.empty()
                : Optional.of(new Warning(
                        "poisson expects outputs above 0, but they can be " + outputs,
                        "Write activation: softplus in the last layer."));
    }
}
