package dev.chainrule.builtin.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.math.CommonFunction;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/** The identity: a = z; σ′ = 1. */
@Component("identity")
@Doc("Passes values through unchanged: a = z. Use it in the output layer of a regression.")
public record Identity() implements Elementwise {
    @Override
    public double value(double z) {
        return CommonFunction.IDENTITY.value(z);
    }

    @Override
    public double derivative(double z, double a) {
        return CommonFunction.IDENTITY.derivative(z, a);
    }

    @Override
    public float value(float z) {
        return CommonFunction.IDENTITY.value(z);
    }

    @Override
    public float derivative(float z, float a) {
        return CommonFunction.IDENTITY.derivative(z, a);
    }

    @Override
    public void forward(Matrix z, Matrix a, Kernels kernels) {
        kernels.map(CommonFunction.IDENTITY, z, a);
    }

    @Override
    public void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
        kernels.mapBackward(CommonFunction.IDENTITY, z, a, g, delta);
    }
}
