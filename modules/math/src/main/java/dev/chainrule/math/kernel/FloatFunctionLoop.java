package dev.chainrule.math.kernel;

import dev.chainrule.math.ScalarFunction;

/** A loop that applies one class of functions to arrays of {@code float}. */
interface FloatFunctionLoop {
    /** Compute a[i] = σ(z[i]). */
    void map(ScalarFunction function, float[] z, float[] a, int from, int to);

    /** Compute delta[i] = g[i]·σ′(z[i]). */
    void mapBackward(ScalarFunction function, float[] z, float[] a, float[] g, float[] delta, int from, int to);
}
