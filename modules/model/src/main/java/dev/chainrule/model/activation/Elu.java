package dev.chainrule.model.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.Strict;

/**
 * The exponential linear unit: a = z where z &gt; 0, else alpha·(eᶻ − 1); σ′ = 1 where z &gt; 0, else a + alpha, also
 * at 0, where the derivative jumps unless alpha is 1.
 *
 * <p>Source: D. Clevert, T. Unterthiner, S. Hochreiter, "Fast and Accurate Deep Network Learning by Exponential Linear
 * Units (ELUs)", ICLR 2016, equation 15, whose alpha of 1 is the default.
 */
@Component("elu")
@Doc("The exponential linear unit: a = z if z > 0, else alpha·(e^z - 1).")
public record Elu(
        @Doc("The output tends to -alpha for very negative z: 0 or more.") @Default("1")
        double alpha) implements Elementwise {
    public Elu {
        ParameterException.require(alpha >= 0 && Double.isFinite(alpha), "alpha", alpha, "a finite number, 0 or more");
    }

    @Override
    public double value(double z) {
        return z > 0 ? z : alpha * Strict.expm1(z);
    }

    @Override
    public double derivative(double z, double a) {
        return z > 0 ? 1 : a + alpha;
    }

    @Override
    public float value(float z) {
        return z > 0 ? z : (float) alpha * Strict.expm1(z);
    }

    @Override
    public float derivative(float z, float a) {
        return z > 0 ? 1 : a + (float) alpha;
    }

    @Override
    public double[] kinks() {
        return new double[] {0}; // for alpha 1 too: the curvature jumps there, and central differences detect it
    }

    @Override
    public Bounds outputs() {
        return Bounds.from(0 - alpha);
    }
}
