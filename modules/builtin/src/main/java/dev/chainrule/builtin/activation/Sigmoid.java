package dev.chainrule.builtin.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.math.Strict;

/** Compute a = 1 / (1 + e⁻ᶻ); σ′ = a·(1 − a). */
@Component("sigmoid")
@Doc("The logistic function, a = 1 / (1 + e^-z), between 0 and 1. As output it goes with binary_cross_entropy.")
public record Sigmoid() implements Elementwise {
    @Override
    public double value(double z) {
        return Strict.sigmoid(z);
    }

    @Override
    public double derivative(double z, double a) {
        return a * (1 - a);
    }

    @Override
    public float value(float z) {
        return Strict.sigmoid(z);
    }

    @Override
    public float derivative(float z, float a) {
        return a * (1 - a);
    }
}
