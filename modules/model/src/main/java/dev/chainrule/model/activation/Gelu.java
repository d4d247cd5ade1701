package dev.chainrule.model.activation;

import dev.chainrule.api.CommonActivation;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.math.CommonFunction;

/**
 * The Gaussian error linear unit: a = z·Φ(z), Φ(z) = ½·(1 + erf(z/√2)) being the normal distribution; σ′ = Φ(z) +
 * z·e^(−½z²)/√(2π).
 *
 * <p>Source: D. Hendrycks, K. Gimpel, "Gaussian Error Linear Units (GELUs)", 2016, section 2: the exact form, not the
 * approximation by tanh.
 */
@Component("gelu")
@Doc("The Gaussian error linear unit, a = z·Φ(z), where Φ is the normal distribution: a smooth relu.")
public record Gelu() implements CommonActivation {
    @Override
    public CommonFunction function() {
        return CommonFunction.GELU;
    }
}
