package dev.chainrule.bench.scalar;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.math.Strict;

/** The built-in {@code sigmoid}, computed number by number: the kernels do not know it. */
@Component("scalar_sigmoid")
@Doc("The built-in sigmoid, number by number.")
public record ScalarSigmoid() implements Elementwise {
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
