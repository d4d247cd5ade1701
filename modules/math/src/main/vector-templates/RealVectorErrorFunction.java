package dev.chainrule.math.vector;

import static dev.chainrule.math.@Real@Constants.ERF_MOST;
import static dev.chainrule.math.@Real@ErrorFunction.BELL_TOP;
import static dev.chainrule.math.@Real@ErrorFunction.HALF;
import static dev.chainrule.math.@Real@ErrorFunction.SQRT_HALF;
import static dev.chainrule.math.vector.@Real@Species.LANES;
import static dev.chainrule.math.vector.@Real@Species.S;

import dev.chainrule.math.@Real@Constants;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.@Bits@Vector;
import jdk.incubator.vector.@Real@Vector;

/**
 * Compute erf and GELU of arrays of {@code @real@}: operation by operation what {@code @Real@ErrorFunction} does, both of its
 * branches for every element. {@code from} and {@code to} are whole vectors apart, each loop is a {@link SeparateLoop}, and
 * {@code rest} and {@code more} hold what lies between two loops.
 */
@SuppressWarnings("cast") // one source for two precisions: a cast that narrows in one is idle in the other
final class @Real@VectorErrorFunction {
    private static final @real@[] NEAR = @Real@Constants.errorNear();
    private static final @real@[] TAIL = @Real@Constants.errorTail();
    private static final @bits@ SIGN = @Real@.@real@ToRaw@Bits@Bits((@real@) -0.0);

    private static final @Real@Loop TAIL_OF = loop("tailLoop");
    private static final @Real@Loop NORMAL = loop("normalLoop");
    private static final @Real@Loop BELL_EXPONENT = loop("bellExponentLoop");
    private static final @Real@Loop SLOPE = loop("slopeLoop");

    private @Real@VectorErrorFunction() {}

    private static @Real@Loop loop(String name) {
        return new @Real@Loop(MethodHandles.lookup(), name);
    }

    /** a = z·Φ(z). */
    static void gelu(@real@[] z, @real@[] rest, @real@[] a, int from, int to) {
        normal(z, rest, from, to);
        @Real@VectorActivations.multiply(z, rest, a, from, to);
    }

    /** delta = g·(Φ(z) + z·φ(z)). */
    static void geluBackward(
            @real@[] z, @real@[] rest, @real@[] more, @real@[] g, @real@[] delta, int from, int to) {
        normal(z, rest, from, to);
        BELL_EXPONENT.run(z, more, from, to);
        @Real@VectorFunctions.exp(more, more, from, to);
        SLOPE.run(z, rest, more, from, to);
        @Real@VectorActivations.multiply(g, more, delta, from, to);
    }

    /** rest = Φ(z) = ½·(1 + erf(z·√½)). */
    private static void normal(@real@[] z, @real@[] rest, int from, int to) {
        TAIL_OF.run(z, rest, from, to);
        @Real@VectorFunctions.exp(rest, rest, from, to);
        NORMAL.run(z, rest, from, to);
    }

    /** y = −Q(|z·√½| − 1). */
    private static void tailLoop(@real@[] z, @real@[] y, int from, int to) {
        for (int i = from; i < to; i += LANES) {
            @Real@Vector x = @Real@Vector.fromArray(S, z, i).mul(SQRT_HALF);
            @Real@Vector s = x.abs().min(ERF_MOST).sub(1);
            @Real@Vector p = @Real@Vector.broadcast(S, TAIL[0]);
            for (int t = 1; t < TAIL.length; t++) {
                p = s.fma(p, @Real@Vector.broadcast(S, TAIL[t]));
            }
            p.neg().intoArray(y, i);
        }
    }

    /** y = ½·(1 + erf x) for x = z·√½, erf x = x + x·C(x²) where |x| is below 1, else 1 − y with the sign of x. */
    private static void normalLoop(@real@[] z, @real@[] y, int from, int to) {
        @Real@Vector one = @Real@Vector.broadcast(S, 1);
        for (int i = from; i < to; i += LANES) {
            @Real@Vector x = @Real@Vector.fromArray(S, z, i).mul(SQRT_HALF);
            @Real@Vector square = x.mul(x);
            @Real@Vector p = @Real@Vector.broadcast(S, NEAR[0]);
            for (int t = 1; t < NEAR.length; t++) {
                p = square.fma(p, @Real@Vector.broadcast(S, NEAR[t]));
            }
            @Real@Vector beyondOne = x.abs().sub(one); // negative where |x| is below 1
            @Bits@Vector sign = x.reinterpretAs@Bits@s().and(SIGN);
            @Bits@Vector beyond = one.sub(@Real@Vector.fromArray(S, y, i)).reinterpretAs@Bits@s();
            @Real@Vector large = beyond.or(sign).reinterpretAs@Real@s();
            @Real@Vector erf = @Real@VectorFunctions.select(beyondOne, x.fma(p, x), large);
            erf.add(1).mul(HALF).intoArray(y, i);
        }
    }

    /** y = −½z². */
    private static void bellExponentLoop(@real@[] z, @real@[] y, int from, int to) {
        for (int i = from; i < to; i += LANES) {
            @Real@Vector value = @Real@Vector.fromArray(S, z, i);
            value.mul(-HALF).mul(value).intoArray(y, i);
        }
    }

    /** y = Φ + z·y/√(2π), with y = e^(−½z²) before. */
    private static void slopeLoop(@real@[] z, @real@[] normal, @real@[] y, int from, int to) {
        for (int i = from; i < to; i += LANES) {
            @Real@Vector bell = @Real@Vector.fromArray(S, y, i).mul(BELL_TOP);
            @Real@Vector.fromArray(S, z, i).fma(bell, @Real@Vector.fromArray(S, normal, i)).intoArray(y, i);
        }
    }
}
