package dev.chainrule.builtin.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.CommonFunction;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/** The hyperbolic tangent: a = tanh z; σ′ = 1 − a². */
@Component("tanh")
@Doc("The hyperbolic tangent, a = tanh z, between -1 and 1.")
public record Tanh() implements Elementwise {
    @Override
    public double value(double z) {
        return CommonFunction.TANH.value(z);
    }

    @Override
    public double derivative(double z, double a) {
        return CommonFunction.TANH.derivative(z, a);
    }

    @Override
    public float value(float z) {
        return CommonFunction.TANH.value(z);
    }

    @Override
    public float derivative(float z, float a) {
        return CommonFunction.TANH.derivative(z, a);
    }

    @Override
    public void forward(Matrix z, Matrix a, Kernels kernels) {
        kernels.map(CommonFunction.TANH, z, a);
    }

    @Override
    public void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
        kernels.mapBackward(CommonFunction.TANH, z, a, g, delta);
    }

    @Override
    public Bounds outputs() {
        return new Bounds(-1, 1, false);
    }
}
