package dev.chainrule.model.activation;

import dev.chainrule.api.CommonActivation;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.CommonFunction;

/**
 * The softplus: a = ln(1 + eᶻ), as max(z, 0) + ln(1 + e^(−|z|)), which does not overflow; σ′ = 1 / (1 + e⁻ᶻ).
 *
 * <p>Source: C. Dugas, Y. Bengio, F. Bélisle, C. Nadeau, R. Garcia, "Incorporating Second-Order Functional Knowledge
 * for Better Option Pricing", NIPS 2000, section 2.
 */
@Component("softplus")
@Doc("A smooth relu that is always above 0: a = ln(1 + e^z).")
public record Softplus() implements CommonActivation {
    @Override
    public CommonFunction function() {
        return CommonFunction.SOFTPLUS;
    }

    @Override
    public Bounds outputs() {
        return Bounds.from(0);
    }
}
