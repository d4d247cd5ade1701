package dev.chainrule.model.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.Strict;

/**
 * The continuously differentiable exponential linear unit: a = z where z &gt; 0, else alpha·(e^(z/alpha) − 1); σ′ = 1 where z &gt; 0,
 * else a/alpha + 1. At 0 the curvature jumps.
 *
 * <p>Source: J. Barron, "Continuously Differentiable Exponential Linear Units", 2017, equation 2.
 */
@Component("celu")
@Doc("The continuously differentiable exponential linear unit: a = z if z > 0, else alpha·(e^(z/alpha) - 1).")
public record Celu(
        @Doc("The output tends to -alpha for very negative z: above 0.") @Default("1")
        double alpha) implements Elementwise {
    public Celu {
        ParameterException.require(alpha > 0 && Double.isFinite(alpha), "alpha", alpha, "a finite number above 0");
    }

    @Override
    public double value(double z) {
        return z > 0 ? z : alpha * Strict.expm1(z / alpha);
    }

    @Override
    public double derivative(double z, double a) {
        return z > 0 ? 1 : a / alpha + 1;
    }

    @Override
    public double[] kinks() {
        return new double[] {0};
    }

    @Override
    public Bounds outputs() {
        return Bounds.from(-alpha);
    }
}
