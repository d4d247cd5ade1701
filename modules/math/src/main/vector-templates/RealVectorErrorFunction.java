package dev.chainrule.math.vector;

import static dev.chainrule.math.@Real@Constants.ERF_MOST;
import static dev.chainrule.math.@Real@ErrorFunction.BELL_TOP;
import static dev.chainrule.math.@Real@ErrorFunction.HALF;
import static dev.chainrule.math.@Real@ErrorFunction.SQRT_HALF;
import static dev.chainrule.math.vector.@Real@Species.LANES;
import static dev.chainrule.math.vector.@Real@Species.S;

import dev.chainrule.math.@Real@Constants;
import jdk.incubator.vector.@Bits@Vector;
import jdk.incubator.vector.@Real@Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Compute erf and GELU of arrays of {@code @real@}: operation by operation what {@code @Real@ErrorFunction} does, both of its
 * branches for every element. Written out as in {@code @Real@VectorFunctions}; {@code from} and {@code to} are whole vectors
 * apart, {@code rest} and {@code more} hold what lies between.
 */
@SuppressWarnings("cast") // one source for two precisions: a cast that narrows in one is idle in the other
final class @Real@VectorErrorFunction {
    private static final @real@[] NEAR = @Real@Constants.errorNear();
    private static final @real@[] TAIL = @Real@Constants.errorTail();
    private static final @bits@ SIGN = @Real@.@real@ToRaw@Bits@Bits((@real@) -0.0);

    private @Real@VectorErrorFunction() {}

    /** a = z·Φ(z). */
    static void gelu(@real@[] z, @real@[] rest, @real@[] more, @real@[] a, int from, int to) {
        normal(z, rest, more, from, to);
        for (int i = from; i < to; i += LANES) {
            @Real@Vector.fromArray(S, z, i).mul(@Real@Vector.fromArray(S, rest, i)).intoArray(a, i);
        }
    }

    /** delta = g·(Φ(z) + z·φ(z)). */
    static void geluBackward(
            @real@[] z, @real@[] rest, @real@[] more, @real@[] g, @real@[] delta, int from, int to) {
        normal(z, rest, more, from, to);
        for (int i = from; i < to; i += LANES) {
            @Real@Vector value = @Real@Vector.fromArray(S, z, i);
            value.mul(-HALF).mul(value).intoArray(more, i);
        }
        @Real@VectorFunctions.exp(more, more, from, to);
        for (int i = from; i < to; i += LANES) {
            @Real@Vector bell = @Real@Vector.fromArray(S, more, i).mul(BELL_TOP);
            @Real@Vector slope = @Real@Vector.fromArray(S, z, i).fma(bell, @Real@Vector.fromArray(S, rest, i));
            @Real@Vector.fromArray(S, g, i).mul(slope).intoArray(delta, i);
        }
    }

    /** rest = Φ(z) = ½·(1 + erf(z·√½)). */
    private static void normal(@real@[] z, @real@[] rest, @real@[] more, int from, int to) {
        for (int i = from; i < to; i += LANES) {
            @Real@Vector.fromArray(S, z, i).mul(SQRT_HALF).intoArray(rest, i);
        }
        tail(rest, more, from, to);
        @Real@VectorFunctions.exp(more, more, from, to);
        near(rest, more, from, to);
        for (int i = from; i < to; i += LANES) {
            @Real@Vector.fromArray(S, rest, i).add(1).mul(HALF).intoArray(rest, i);
        }
    }

    /** y = −Q(|x| − 1). */
    private static void tail(@real@[] x, @real@[] y, int from, int to) {
        for (int i = from; i < to; i += LANES) {
            @Real@Vector s = @Real@Vector.fromArray(S, x, i).abs().min(ERF_MOST).sub(1);
            @Real@Vector p = @Real@Vector.broadcast(S, TAIL[0]);
            for (int t = 1; t < TAIL.length; t++) {
                p = p.fma(s, @Real@Vector.broadcast(S, TAIL[t]));
            }
            p.neg().intoArray(y, i);
        }
    }

    /** x = x + x·C(x²) where |x| is below 1, else 1 − e with the sign of x. */
    private static void near(@real@[] x, @real@[] e, int from, int to) {
        @Real@Vector one = @Real@Vector.broadcast(S, 1);
        for (int i = from; i < to; i += LANES) {
            @Real@Vector value = @Real@Vector.fromArray(S, x, i);
            @Real@Vector z = value.mul(value);
            @Real@Vector p = @Real@Vector.broadcast(S, NEAR[0]);
            for (int t = 1; t < NEAR.length; t++) {
                p = p.fma(z, @Real@Vector.broadcast(S, NEAR[t]));
            }
            VectorMask<@Real@> small = value.abs().compare(VectorOperators.LT, one);
            @Bits@Vector sign = value.reinterpretAs@Bits@s().and(SIGN);
            @Bits@Vector beyond = one.sub(@Real@Vector.fromArray(S, e, i)).reinterpretAs@Bits@s();
            beyond.or(sign).reinterpretAs@Real@s().blend(value.fma(p, value), small).intoArray(x, i);
        }
    }
}
