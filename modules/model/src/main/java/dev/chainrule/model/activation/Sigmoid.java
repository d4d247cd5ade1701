package dev.chainrule.model.activation;

import dev.chainrule.api.CommonActivation;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.CommonFunction;

/** The logistic function: a = 1 / (1 + e⁻ᶻ); σ′ = a·(1 − a). */
@Component("sigmoid")
@Doc("The logistic function, a = 1 / (1 + e^-z), between 0 and 1. In the output layer, combine it with "
        + "binary_cross_entropy.")
public record Sigmoid() implements CommonActivation {
    @Override
    public CommonFunction function() {
        return CommonFunction.SIGMOID;
    }

    @Override
    public Bounds outputs() {
        return Bounds.FRACTIONS;
    }
}
