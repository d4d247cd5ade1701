package dev.chainrule.model.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.math.Strict;

/**
 * The mish: a = z·t, t = tanh(log(1 + eᶻ)); σ′ = t + z·(1 − t²)·s, s = 1 / (1 + e⁻ᶻ).
 *
 * <p>Source: D. Misra, "Mish: A Self Regularized Non-Monotonic Activation Function", BMVC 2020, equation 1.
 */
@Component("mish")
@Doc("A smooth relu that dips below 0: a = z·tanh(log(1 + e^z)).")
public record Mish() implements Elementwise {
    @Override
    public double value(double z) {
        return z * Strict.tanh(Strict.softplus(z));
    }

    @Override
    public double derivative(double z, double a) {
        double t = Strict.tanh(Strict.softplus(z));
        return t + z * (1 - t * t) * Strict.sigmoid(z);
    }
}
