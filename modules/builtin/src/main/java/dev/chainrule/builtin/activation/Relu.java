package dev.chainrule.builtin.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;

/** Compute a = max(0, z); σ′ = 1 where z &gt; 0, else 0, also at the kink. NaN stays NaN, so that divergence is seen. */
@Component("relu")
@Doc("The rectifier, a = max(0, z). Its derivative at 0 is taken as 0.")
public record Relu() implements Elementwise {
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
