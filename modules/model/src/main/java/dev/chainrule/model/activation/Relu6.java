package dev.chainrule.model.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.value.Bounds;

/**
 * The rectifier with a ceiling: a = z, but at least 0 and at most 6; σ′ = 1 where 0 &lt; z &lt; 6, else 0.
 *
 * <p>Source: A. Krizhevsky, "Convolutional Deep Belief Networks on CIFAR-10", 2010, section 3.
 */
@Component("relu6")
@Doc("A relu with a ceiling: a = z, but at least 0 and at most 6.")
public record Relu6() implements Elementwise {
    private static final double CEILING = 6;

    @Override
    public double value(double z) {
        return Math.max(0, Math.min(CEILING, z));
    }

    @Override
    public double derivative(double z, double a) {
        return z > 0 && z < CEILING ? 1 : 0;
    }

    @Override
    public double[] kinks() {
        return new double[] {0, CEILING};
    }

    @Override
    public Bounds outputs() {
        return new Bounds(0, CEILING, false);
    }
}
