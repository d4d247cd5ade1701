package dev.chainrule.math.kernel;

import dev.chainrule.math.FunctionLoops;
import dev.chainrule.math.ScalarFunction;
import java.lang.invoke.MethodHandles;

/** A loop that applies one class of functions to arrays of {@code float}. */
public interface FloatFunctionLoop {
    /** The loops of each class of functions. */
    FunctionLoops<FloatFunctionLoop> LOOPS =
            new FunctionLoops<>(MethodHandles.lookup(), FloatFunctionLoopBody.class, FloatFunctionLoop.class);

    /** Compute a[i] = σ(z[i]). */
    void map(ScalarFunction function, float[] z, float[] a, int from, int to);

    /** Compute delta[i] = g[i]·σ′(z[i]). */
    void mapBackward(ScalarFunction function, float[] z, float[] a, float[] g, float[] delta, int from, int to);
}
