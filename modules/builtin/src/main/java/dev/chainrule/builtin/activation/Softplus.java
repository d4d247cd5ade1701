package dev.chainrule.builtin.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.CommonFunction;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/**
 * The softplus: a = ln(1 + eᶻ), as max(z, 0) + ln(1 + e^(−|z|)), which does not overflow; σ′ = 1 / (1 + e⁻ᶻ).
 *
 * <p>Source: C. Dugas, Y. Bengio, F. Bélisle, C. Nadeau, R. Garcia, "Incorporating Second-Order Functional Knowledge
 * for Better Option Pricing", NIPS 2000, section 2.
 */
@Component("softplus")
@Doc("A smooth relu that is always above 0: a = ln(1 + e^z).")
public record Softplus() implements Elementwise {
    @Override
    public double value(double z) {
        return CommonFunction.SOFTPLUS.value(z);
    }

    @Override
    public double derivative(double z, double a) {
        return CommonFunction.SOFTPLUS.derivative(z, a);
    }

    @Override
    public float value(float z) {
        return CommonFunction.SOFTPLUS.value(z);
    }

    @Override
    public float derivative(float z, float a) {
        return CommonFunction.SOFTPLUS.derivative(z, a);
    }

    @Override
    public void forward(Matrix z, Matrix a, Kernels kernels) {
        kernels.map(CommonFunction.SOFTPLUS, z, a);
    }

    @Override
    public void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
        kernels.mapBackward(CommonFunction.SOFTPLUS, z, a, g, delta);
    }

    @Override
    public Bounds outputs() {
        return Bounds.from(0);
    }
}
