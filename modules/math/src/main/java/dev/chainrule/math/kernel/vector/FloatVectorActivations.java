package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.kernel.vector.FloatSpecies.LANES;
import static dev.chainrule.math.kernel.vector.FloatSpecies.S;

import dev.chainrule.math.CommonFunction;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Each {@link CommonFunction} and its derivative on the Vector API, with the operations of the function's definition:
 * {@code from} and {@code to} are whole vectors apart; {@code rest} and {@code more}, of the same length, store intermediate
 * results. Both methods return the index at which they stopped: {@code to}, or {@code from} for a function that plain Java
 * computes.
 */
final class FloatVectorActivations {
    private static final FloatLoop MULTIPLY = loop("multiplyLoop");
    private static final FloatLoop RELU_BACKWARD = loop("reluBackwardLoop");
    private static final FloatLoop SILU_SLOPE = loop("siluSlopeLoop");

    private FloatVectorActivations() {}

    private static FloatLoop loop(String name) {
        return new FloatLoop(MethodHandles.lookup(), name);
    }

    /** a[i] = σ(z[i]). */
    static int map(CommonFunction function, float[] z, float[] rest, float[] a, int from, int to) {
        switch (function) {
            case SIGMOID -> FloatVectorFunctions.sigmoid(z, rest, a, from, to);
            case TANH -> FloatVectorFunctions.tanh(z, rest, a, from, to);
            case SILU -> silu(z, rest, a, from, to);
            case GELU -> FloatVectorErrorFunction.gelu(z, rest, a, from, to);
            case IDENTITY, RELU -> {
                return from; // C2 vectorises these by itself
            }
            case SOFTPLUS -> {
                return from; // its logarithm's loop boxes vectors on JDK 17
            }
        }
        return to;
    }

    /** delta[i] = g[i]·σ′(z[i]). */
    static int mapBackward(
            CommonFunction function,
            float[] z,
            float[] rest,
            float[] more,
            float[] g,
            float[] delta,
            int from,
            int to) {
        switch (function) {
            case RELU -> {
                if (LANES == 2) {
                    return from; // C2 allocates an object for a mask of two lanes
                }
                RELU_BACKWARD.run(z, g, delta, from, to);
            }
            case SOFTPLUS -> softplusBackward(z, rest, g, delta, from, to);
            case SILU -> siluBackward(z, rest, g, delta, from, to);
            case GELU -> FloatVectorErrorFunction.geluBackward(z, rest, more, g, delta, from, to);
            case IDENTITY, SIGMOID, TANH -> {
                return from; // C2 vectorises these by itself
            }
        }
        return to;
    }

    private static void softplusBackward(float[] z, float[] rest, float[] g, float[] delta, int from, int to) {
        FloatVectorFunctions.sigmoid(z, rest, rest, from, to);
        multiply(g, rest, delta, from, to);
    }

    private static void silu(float[] z, float[] rest, float[] a, int from, int to) {
        FloatVectorFunctions.sigmoid(z, rest, rest, from, to);
        multiply(z, rest, a, from, to);
    }

    private static void siluBackward(float[] z, float[] rest, float[] g, float[] delta, int from, int to) {
        FloatVectorFunctions.sigmoid(z, rest, rest, from, to);
        SILU_SLOPE.run(z, rest, from, to);
        multiply(g, rest, delta, from, to);
    }

    /** out = x·y. */
    static void multiply(float[] x, float[] y, float[] out, int from, int to) {
        MULTIPLY.run(x, y, out, from, to);
    }

    private static void multiplyLoop(float[] x, float[] y, float[] out, int from, int to) {
        for (int i = from; i < to; i += LANES) {
            FloatVector.fromArray(S, x, i).mul(FloatVector.fromArray(S, y, i)).intoArray(out, i);
        }
    }

    /** delta = g if z is above 0, else g·0. */
    private static void reluBackwardLoop(float[] z, float[] g, float[] delta, int from, int to) {
        FloatVector zero = FloatVector.zero(S);
        FloatVector one = FloatVector.broadcast(S, 1);
        for (int i = from; i < to; i += LANES) {
            FloatVector slope = zero.blend(one, FloatVector.fromArray(S, z, i).compare(VectorOperators.GT, zero));
            FloatVector.fromArray(S, g, i).mul(slope).intoArray(delta, i);
        }
    }

    /** y = s·(1 + z·(1 − s)), s the previous value of y. */
    private static void siluSlopeLoop(float[] z, float[] y, int from, int to) {
        FloatVector one = FloatVector.broadcast(S, 1);
        for (int i = from; i < to; i += LANES) {
            FloatVector s = FloatVector.fromArray(S, y, i);
            s.mul(FloatVector.fromArray(S, z, i).fma(one.sub(s), one)).intoArray(y, i);
        }
    }
}
