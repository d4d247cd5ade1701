package dev.chainrule.model.activation;

import dev.chainrule.api.CommonActivation;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.math.CommonFunction;

/**
 * The sigmoid-weighted linear unit: a = z·s, s = 1 / (1 + e⁻ᶻ); σ′ = s·(1 + z·(1 − s)).
 *
 * <p>Source: S. Elfwing, E. Uchibe, K. Doya, "Sigmoid-Weighted Linear Units for Neural Network Function Approximation
 * in Reinforcement Learning", 2017, equations 5 and 6. The same as swish with beta 1.
 */
@Component("silu")
@Doc("The sigmoid-weighted linear unit, a = z / (1 + e^-z): a smooth relu.")
public record Silu() implements CommonActivation {
    @Override
    public CommonFunction function() {
        return CommonFunction.SILU;
    }
}
