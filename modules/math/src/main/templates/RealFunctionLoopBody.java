package dev.chainrule.math;

/** Hold the loops that {@link @Real@FunctionLoops} gives to each class of functions as a class of its own. */
final class @Real@FunctionLoopBody implements @Real@FunctionLoop {
    @Real@FunctionLoopBody() {}

    @Override
    public void map(ScalarFunction function, @real@[] z, @real@[] a, int from, int to) {
        for (int i = from; i < to; i++) {
            a[i] = function.value(z[i]);
        }
    }

    @Override
    public void mapBackward(
            ScalarFunction function, @real@[] z, @real@[] a, @real@[] g, @real@[] delta, int from, int to) {
        for (int i = from; i < to; i++) {
            delta[i] = g[i] * function.derivative(z[i], a[i]);
        }
    }
}
