package dev.chainrule.builtin.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.math.CommonFunction;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/**
 * The Gaussian error linear unit: a = z·Φ(z), Φ(z) = ½·(1 + erf(z/√2)) being the normal distribution; σ′ = Φ(z) +
 * z·e^(−½z²)/√(2π).
 *
 * <p>Source: D. Hendrycks, K. Gimpel, "Gaussian Error Linear Units (GELUs)", 2016, section 2: the exact form, not the
 * approximation by tanh.
 */
@Component("gelu")
@Doc("The Gaussian error linear unit, a = z·Φ(z), where Φ is the normal distribution: a smooth relu.")
public record Gelu() implements Elementwise {
    @Override
    public double value(double z) {
        return CommonFunction.GELU.value(z);
    }

    @Override
    public double derivative(double z, double a) {
        return CommonFunction.GELU.derivative(z, a);
    }

    @Override
    public float value(float z) {
        return CommonFunction.GELU.value(z);
    }

    @Override
    public float derivative(float z, float a) {
        return CommonFunction.GELU.derivative(z, a);
    }

    @Override
    public void forward(Matrix z, Matrix a, Kernels kernels) {
        kernels.map(CommonFunction.GELU, z, a);
    }

    @Override
    public void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
        kernels.mapBackward(CommonFunction.GELU, z, a, g, delta);
    }
}
