package dev.chainrule.model.activation;

import dev.chainrule.api.CommonActivation;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.CommonFunction;

/** The hyperbolic tangent: a = tanh z; σ′ = 1 − a². */
@Component("tanh")
@Doc("The hyperbolic tangent, a = tanh z, between -1 and 1.")
public record Tanh() implements CommonActivation {
    @Override
    public CommonFunction function() {
        return CommonFunction.TANH;
    }

    @Override
    public Bounds outputs() {
        return new Bounds(-1, 1, false);
    }
}
