package dev.chainrule.model.activation;

import dev.chainrule.api.CommonActivation;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.math.CommonFunction;

/** The identity: a = z; σ′ = 1. */
@Component("identity")
@Doc("Passes values through unchanged: a = z. Use it in the output layer of a regression.")
public record Identity() implements CommonActivation {
    @Override
    public CommonFunction function() {
        return CommonFunction.IDENTITY;
    }
}
