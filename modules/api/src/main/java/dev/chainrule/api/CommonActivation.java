package dev.chainrule.api;

import dev.chainrule.math.CommonFunction;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/** An activation of each element alone that the kernels compute on whole vectors: implement {@link #function}. */
public interface CommonActivation extends Elementwise {
    /** {@return the function} */
    CommonFunction function();

    @Override
    default double value(double z) {
        return function().value(z);
    }

    @Override
    default double derivative(double z, double a) {
        return function().derivative(z, a);
    }

    @Override
    default float value(float z) {
        return function().value(z);
    }

    @Override
    default float derivative(float z, float a) {
        return function().derivative(z, a);
    }

    @Override
    default void forward(Matrix z, Matrix a, Kernels kernels) {
        kernels.map(function(), z, a);
    }

    @Override
    default void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
        kernels.mapBackward(function(), z, a, g, delta);
    }
}
