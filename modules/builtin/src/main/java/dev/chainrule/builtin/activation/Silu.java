package dev.chainrule.builtin.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.math.CommonFunction;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/**
 * The sigmoid-weighted linear unit: a = z·s, s = 1 / (1 + e⁻ᶻ); σ′ = s·(1 + z·(1 − s)).
 *
 * <p>Source: S. Elfwing, E. Uchibe, K. Doya, "Sigmoid-Weighted Linear Units for Neural Network Function Approximation
 * in Reinforcement Learning", 2017, equations 5 and 6. The same as swish with beta 1.
 */
@Component("silu")
@Doc("The sigmoid-weighted linear unit, a = z / (1 + e^-z): a smooth relu.")
public record Silu() implements Elementwise {
    @Override
    public double value(double z) {
        return CommonFunction.SILU.value(z);
    }

    @Override
    public double derivative(double z, double a) {
        return CommonFunction.SILU.derivative(z, a);
    }

    @Override
    public float value(float z) {
        return CommonFunction.SILU.value(z);
    }

    @Override
    public float derivative(float z, float a) {
        return CommonFunction.SILU.derivative(z, a);
    }

    @Override
    public void forward(Matrix z, Matrix a, Kernels kernels) {
        kernels.map(CommonFunction.SILU, z, a);
    }

    @Override
    public void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
        kernels.mapBackward(CommonFunction.SILU, z, a, g, delta);
    }
}
