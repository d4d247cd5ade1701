package dev.chainrule.bench.scalar;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;

/** The built-in {@code relu}, computed number by number: the kernels do not know it. */
@Component("scalar_relu")
@Doc("The built-in relu, number by number.")
public record ScalarRelu() implements Elementwise {
    @Override
    public double value(double z) {
        return Math.max(0, z);
    }

    @Override
    public double derivative(double z, double a) {
        return z > 0 ? 1 : 0;
    }

    @Override
    public float value(float z) {
        return Math.max(0, z);
    }

    @Override
    public float derivative(float z, float a) {
        return z > 0 ? 1 : 0;
    }

    @Override
    public double[] kinks() {
        return new double[] {0};
    }
}
