package dev.chainrule.model.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.value.Bounds;

/**
 * The hard sigmoid: a = z/6 + ½, but at least 0 and at most 1; σ′ = 1/6 where −3 &lt; z &lt; 3, else 0.
 *
 * <p>Source: A. Howard and others, "Searching for MobileNetV3", ICCV 2019, section 5.2: relu6(z + 3) / 6. Keras before version 3 has the
 * slope 0.2.
 */
@Component("hard_sigmoid")
@Doc("A sigmoid of three straight lines: a = z/6 + 1/2, but at least 0 and at most 1.")
public record HardSigmoid() implements Elementwise {
    private static final double SLOPE = 1 / 6.0;
    private static final double HALF = 0.5;
    private static final double END = 3;

    @Override
    public double value(double z) {
        return Math.max(0, Math.min(1, z * SLOPE + HALF));
    }

    @Override
    public double derivative(double z, double a) {
        return z > -END && z < END ? SLOPE : 0;
    }

    @Override
    public double[] kinks() {
        return new double[] {-END, END};
    }

    @Override
    public Bounds outputs() {
        return Bounds.FRACTIONS;
    }
}
