package dev.chainrule.model.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.value.Bounds;

/**
 * The hard tanh: a = z, but at least −1 and at most 1; σ′ = 1 where −1 &lt; z &lt; 1, else 0.
 *
 * <p>Source: R. Collobert, "Large Scale Machine Learning", thesis, Université Paris VI, 2004, section 6.2.
 */
@Component("hard_tanh")
@Doc("A tanh of three straight lines: a = z, but at least -1 and at most 1.")
public record HardTanh() implements Elementwise {
    @Override
    public double value(double z) {
        return Math.max(-1, Math.min(1, z));
    }

    @Override
    public double derivative(double z, double a) {
        return z > -1 && z < 1 ? 1 : 0;
    }

    @Override
    public double[] kinks() {
        return new double[] {-1, 1};
    }

    @Override
    public Bounds outputs() {
        return new Bounds(-1, 1, false);
    }
}
