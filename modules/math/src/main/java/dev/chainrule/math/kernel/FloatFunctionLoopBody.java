package dev.chainrule.math.kernel;

import dev.chainrule.math.ScalarFunction;

/** Hold the loops that {@link FloatFunctionLoops} gives to each class of functions as a class of its own. */
final class FloatFunctionLoopBody implements FloatFunctionLoop {
    FloatFunctionLoopBody() {}

    @Override
    public void map(ScalarFunction function, float[] z, float[] a, int from, int to) {
        for (int i = from; i < to; i++) {
            a[i] = function.value(z[i]);
        }
    }

    @Override
    public void mapBackward(ScalarFunction function, float[] z, float[] a, float[] g, float[] delta, int from, int to) {
        for (int i = from; i < to; i++) {
            delta[i] = g[i] * function.derivative(z[i], a[i]);
        }
    }
}
