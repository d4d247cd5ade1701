package dev.chainrule.bench.scalar;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.math.Strict;

/** The built-in {@code tanh}, computed number by number: the kernels do not know it. */
@Component("scalar_tanh")
@Doc("The built-in tanh, number by number.")
public record ScalarTanh() implements Elementwise {
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
