package dev.chainrule.api;

import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.ScalarFunction;

/** An activation of each element alone: implement {@code value(z)} and {@code derivative(z, a)}. */
public interface Elementwise extends Activation, ScalarFunction {
    @Override
    default void forward(Matrix z, Matrix a, Kernels kernels) {
        kernels.map(this, z, a);
    }

    @Override
    default void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
        kernels.mapBackward(this, z, a, g, delta);
    }
}
