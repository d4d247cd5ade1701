package dev.chainrule.model.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.value.Bounds;

/**
 * The softsign: a = z / (1 + |z|); σ′ = 1 / (1 + |z|)². At 0 the curvature jumps.
 *
 * <p>Source: J. Bergstra, G. Desjardins, P. Lamblin, Y. Bengio, "Quadratic Polynomials Learn Better Image Features", technical report
 * 1337, Université de Montréal, 2009.
 */
@Component("softsign")
@Doc("A step from -1 to 1 that is flatter than tanh far from 0: a = z / (1 + |z|).")
public record Softsign() implements Elementwise {
    @Override
    public double value(double z) {
        return z / (1 + Math.abs(z));
    }

    @Override
    public double derivative(double z, double a) {
        double denominator = 1 + Math.abs(z);
        return 1 / (denominator * denominator);
    }

    @Override
    public double[] kinks() {
        return new double[] {0};
    }

    @Override
    public Bounds outputs() {
        return new Bounds(-1, 1, false);
    }
}
