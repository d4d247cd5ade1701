package dev.chainrule.model.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;

/**
 * The hard silu, or hard swish: a = z·h, h = z/6 + ½, but at least 0 and at most 1; σ′ = 0 where z ≤ −3, 1 where z ≥ 3, else z/3 + ½.
 *
 * <p>Source: A. Howard and others, "Searching for MobileNetV3", ICCV 2019, section 5.2.
 */
@Component("hard_silu")
@Doc("A silu without exponentials, also known as hard swish: a = z·(z/6 + 1/2), the factor at least 0 and at most 1.")
public record HardSilu() implements Elementwise {
    private static final double END = 3;
    private static final double HALF = 0.5;

    @Override
    public double value(double z) {
        return z * Math.max(0, Math.min(1, z / (2 * END) + HALF));
    }

    @Override
    public double derivative(double z, double a) {
        return z <= -END ? 0 : z >= END ? 1 : z / END + HALF;
    }

    @Override
    public double[] kinks() {
        return new double[] {-END, END};
    }
}
