package dev.chainrule.model.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.Strict;

/**
 * The scaled exponential linear unit: a = λ·z where z &gt; 0, else λ·α·(eᶻ − 1); σ′ = λ where z &gt; 0, else a + λ·α.
 *
 * <p>Source: G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter, "Self-Normalizing Neural Networks", NeurIPS 2017, equation 2, with
 * the α and λ of section 2 for the fixed point of mean 0 and variance 1, to 20 digits. It wants weights of lecun_normal.
 */
@Component("selu")
@Doc(
        "The scaled exponential linear unit, which keeps means near 0 and variances near 1: a = 1.0507·z if z > 0, else 1.7581·(e^z - 1).")
public record Selu() implements Elementwise {
    private static final double SCALE = 1.0507009873554804934;
    private static final double BELOW = SCALE * 1.6732632423543772848;

    @Override
    public double value(double z) {
        return z > 0 ? SCALE * z : BELOW * Strict.expm1(z);
    }

    @Override
    public double derivative(double z, double a) {
        return z > 0 ? SCALE : a + BELOW;
    }

    @Override
    public double[] kinks() {
        return new double[] {0};
    }

    @Override
    public Bounds outputs() {
        return Bounds.from(-BELOW);
    }
}
