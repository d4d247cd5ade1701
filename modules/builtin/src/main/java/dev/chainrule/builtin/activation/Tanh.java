package dev.chainrule.builtin.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.math.Strict;

/** Compute a = tanh z; σ′ = 1 − a². */
@Component("tanh")
@Doc("The hyperbolic tangent, a = tanh z, between -1 and 1.")
public record Tanh() implements Elementwise {
    @Override
    public double value(double z) {
        return Strict.tanh(z);
    }

    @Override
    public double derivative(double z, double a) {
        return 1 - a * a;
    }

    @Override
    public float value(float z) {
        return Strict.tanh(z);
    }

    @Override
    public float derivative(float z, float a) {
        return 1 - a * a;
    }
}
