package dev.chainrule.model.activation;

import dev.chainrule.api.CommonActivation;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.CommonFunction;

/**
 * The rectifier: a = max(0, z); σ′ = 1 where z &gt; 0, else 0, also at the kink. NaN stays NaN, so that divergence is
 * seen.
 */
@Component("relu")
@Doc("The rectifier, a = max(0, z). Its derivative at 0 is taken as 0.")
public record Relu() implements CommonActivation {
    @Override
    public CommonFunction function() {
        return CommonFunction.RELU;
    }

    @Override
    public double[] kinks() {
        return new double[] {0};
    }

    @Override
    public Bounds outputs() {
        return Bounds.from(0);
    }
}
