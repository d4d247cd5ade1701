package dev.chainrule.math.vector;

import static dev.chainrule.math.vector.@Real@Species.LANES;
import static dev.chainrule.math.vector.@Real@Species.S;

import dev.chainrule.math.CommonFunction;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.@Real@Vector;
import jdk.incubator.vector.VectorOperators;

/**
 * Apply a {@link CommonFunction}, or its derivative, on the Vector API: {@code from} and {@code to} whole vectors apart, the
 * operations those of the function's definition; {@code rest} and {@code more}, as long, hold what lies between. Both methods
 * return where they stopped: {@code to}, or {@code from} for what plain Java computes.
 */
final class @Real@VectorActivations {
    private static final @Real@Loop MULTIPLY = loop("multiplyLoop");
    private static final @Real@Loop RELU_BACKWARD = loop("reluBackwardLoop");
    private static final @Real@Loop SILU_SLOPE = loop("siluSlopeLoop");

    private @Real@VectorActivations() {}

    private static @Real@Loop loop(String name) {
        return new @Real@Loop(MethodHandles.lookup(), name);
    }

    /** a[i] = σ(z[i]). */
    static int map(CommonFunction function, @real@[] z, @real@[] rest, @real@[] a, int from, int to) {
        switch (function) {
            case SIGMOID -> @Real@VectorFunctions.sigmoid(z, rest, a, from, to);
            case TANH -> @Real@VectorFunctions.tanh(z, rest, a, from, to);
            case SILU -> silu(z, rest, a, from, to);
            case GELU -> @Real@VectorErrorFunction.gelu(z, rest, a, from, to);
            case IDENTITY, RELU -> {
                return from; // C2 makes vectors of these by itself
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
            @real@[] z,
            @real@[] rest,
            @real@[] more,
            @real@[] g,
            @real@[] delta,
            int from,
            int to) {
        switch (function) {
            case RELU -> {
                if (LANES == 2) {
                    return from; // C2 makes an object of a mask of two lanes
                }
                RELU_BACKWARD.run(z, g, delta, from, to);
            }
            case SOFTPLUS -> softplusBackward(z, rest, g, delta, from, to);
            case SILU -> siluBackward(z, rest, g, delta, from, to);
            case GELU -> @Real@VectorErrorFunction.geluBackward(z, rest, more, g, delta, from, to);
            case IDENTITY, SIGMOID, TANH -> {
                return from; // C2 makes vectors of these by itself
            }
        }
        return to;
    }

    private static void softplusBackward(
            @real@[] z, @real@[] rest, @real@[] g, @real@[] delta, int from, int to) {
        @Real@VectorFunctions.sigmoid(z, rest, rest, from, to);
        multiply(g, rest, delta, from, to);
    }

    private static void silu(@real@[] z, @real@[] rest, @real@[] a, int from, int to) {
        @Real@VectorFunctions.sigmoid(z, rest, rest, from, to);
        multiply(z, rest, a, from, to);
    }

    private static void siluBackward(@real@[] z, @real@[] rest, @real@[] g, @real@[] delta, int from, int to) {
        @Real@VectorFunctions.sigmoid(z, rest, rest, from, to);
        SILU_SLOPE.run(z, rest, from, to);
        multiply(g, rest, delta, from, to);
    }

    /** out = x·y. */
    static void multiply(@real@[] x, @real@[] y, @real@[] out, int from, int to) {
        MULTIPLY.run(x, y, out, from, to);
    }

    private static void multiplyLoop(@real@[] x, @real@[] y, @real@[] out, int from, int to) {
        for (int i = from; i < to; i += LANES) {
            @Real@Vector.fromArray(S, x, i).mul(@Real@Vector.fromArray(S, y, i)).intoArray(out, i);
        }
    }

    /** delta = g where z is above 0, else g·0. */
    private static void reluBackwardLoop(@real@[] z, @real@[] g, @real@[] delta, int from, int to) {
        @Real@Vector zero = @Real@Vector.zero(S);
        @Real@Vector one = @Real@Vector.broadcast(S, 1);
        for (int i = from; i < to; i += LANES) {
            @Real@Vector slope = zero.blend(one, @Real@Vector.fromArray(S, z, i).compare(VectorOperators.GT, zero));
            @Real@Vector.fromArray(S, g, i).mul(slope).intoArray(delta, i);
        }
    }

    /** y = s·(1 + z·(1 − s)), with s = y before. */
    private static void siluSlopeLoop(@real@[] z, @real@[] y, int from, int to) {
        @Real@Vector one = @Real@Vector.broadcast(S, 1);
        for (int i = from; i < to; i += LANES) {
            @Real@Vector s = @Real@Vector.fromArray(S, y, i);
            s.mul(@Real@Vector.fromArray(S, z, i).fma(one.sub(s), one)).intoArray(y, i);
        }
    }
}
