package dev.chainrule.bench.copied;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.CommonFunction;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/** The activation a = 1 / (1 + e⁻ᶻ); σ′ = a·(1 − a). */
@Component("copied_sigmoid")
@Doc("The logistic function, a = 1 / (1 + e^-z), between 0 and 1. In the output layer, combine it with "
        + "binary_cross_entropy.")
public record CopiedSigmoid() implements Elementwise {
    @Override
    public double value(double z) {
        return CommonFunction.SIGMOID.value(z);
    }

    @Override
    public double derivative(double z, double a) {
        return CommonFunction.SIGMOID.derivative(z, a);
    }

    @Override
    public float value(float z) {
        return CommonFunction.SIGMOID.value(z);
    }

    @Override
    public float derivative(float z, float a) {
        return CommonFunction.SIGMOID.derivative(z, a);
    }

    @Override
    public void forward(Matrix z, Matrix a, Kernels kernels) {
        kernels.map(CommonFunction.SIGMOID, z, a);
    }

    @Override
    public void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
        kernels.mapBackward(CommonFunction.SIGMOID, z, a, g, delta);
    }

    @Override
    public Bounds outputs() {
        return Bounds.FRACTIONS;
    }
}
