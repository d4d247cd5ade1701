package dev.chainrule.builtin.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.CommonFunction;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/**
 * The rectifier: a = max(0, z); σ′ = 1 where z &gt; 0, else 0, also at the kink. NaN stays NaN, so that divergence is
 * seen.
 */
@Component("relu")
@Doc("The rectifier, a = max(0, z). Its derivative at 0 is taken as 0.")
public record Relu() implements Elementwise {
    @Override
    public double value(double z) {
        return CommonFunction.RELU.value(z);
    }

    @Override
    public double derivative(double z, double a) {
        return CommonFunction.RELU.derivative(z, a);
    }

    @Override
    public float value(float z) {
        return CommonFunction.RELU.value(z);
    }

    @Override
    public float derivative(float z, float a) {
        return CommonFunction.RELU.derivative(z, a);
    }

    @Override
    public void forward(Matrix z, Matrix a, Kernels kernels) {
        kernels.map(CommonFunction.RELU, z, a);
    }

    @Override
    public void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
        kernels.mapBackward(CommonFunction.RELU, z, a, g, delta);
    }

    @Override
    public double[] kinks() {
        return new double[] {0};
    }

    @Override
    public Bounds outputs() {
        return Bounds.from(0);
    }
}
