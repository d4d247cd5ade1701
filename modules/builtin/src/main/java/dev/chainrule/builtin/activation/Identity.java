package dev.chainrule.builtin.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;

/** Compute a = z; σ′ = 1. */
@Component("identity")
@Doc("Passes values through unchanged: a = z. The output of a regression.")
public record Identity() implements Elementwise {
    @Override
    public double value(double z) {
        return z;
    }

    @Override
    public double derivative(double z, double a) {
        return 1;
    }

    @Override
    public float value(float z) {
        return z;
    }

    @Override
    public float derivative(float z, float a) {
        return 1;
    }
}
