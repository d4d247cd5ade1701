package dev.chainrule.math.kernel;

import dev.chainrule.math.ScalarFunction;

/** The loops that {@link FloatFunctionLoop#LOOPS} defines once more for each class of functions. */
public final class FloatFunctionLoopBody implements FloatFunctionLoop {
    /** Create the loops. */
    public FloatFunctionLoopBody() {}

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
