package dev.chainrule.math;

/** Apply one class of functions to arrays of {@code @real@}. */
interface @Real@FunctionLoop {
    /** a[i] = σ(z[i]). */
    void map(ScalarFunction function, @real@[] z, @real@[] a, int from, int to);

    /** delta[i] = g[i]·σ′(z[i]). */
    void mapBackward(
            ScalarFunction function, @real@[] z, @real@[] a, @real@[] g, @real@[] delta, int from, int to);
}
