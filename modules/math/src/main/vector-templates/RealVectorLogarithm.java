package dev.chainrule.math.vector;

import static dev.chainrule.math.@Real@Constants.EXPONENT_BIAS;
import static dev.chainrule.math.@Real@Constants.LN2_HIGH;
import static dev.chainrule.math.@Real@Constants.LN2_LOW;
import static dev.chainrule.math.@Real@Constants.ROUNDER;
import static dev.chainrule.math.@Real@Constants.SIGNIFICAND_BITS;
import static dev.chainrule.math.@Real@Constants.SQRT_HALF_BITS;
import static dev.chainrule.math.@Real@Constants.SUBNORMAL_SHIFT;
import static dev.chainrule.math.vector.@Real@Species.LANES;
import static dev.chainrule.math.vector.@Real@Species.S;

import dev.chainrule.math.@Real@Constants;
import jdk.incubator.vector.@Bits@Vector;
import jdk.incubator.vector.@Real@Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Compute logarithms of arrays of {@code @real@}: operation by operation what {@code @Real@Logarithm} does, and why is said
 * there; written out as in {@code @Real@VectorFunctions}. {@code from} and {@code to} are whole vectors apart.
 *
 * <p>An exponent becomes a number by adding its integer to the bits of ROUNDER: exact, and quick where a machine cannot convert
 * vectors of long.
 */
@SuppressWarnings("cast") // one source for two precisions: a cast that narrows in one is idle in the other
final class @Real@VectorLogarithm {
    private static final @real@[] TAIL = @Real@Constants.logarithmTail();
    private static final @bits@ ROUNDER_BITS = @Real@.@real@ToRaw@Bits@Bits(ROUNDER);
    private static final @bits@ SIGN = @Real@.@real@ToRaw@Bits@Bits((@real@) -0.0);
    private static final @real@ MAKES_NORMAL = (@real@) (1L << SUBNORMAL_SHIFT);

    private @Real@VectorLogarithm() {}

    /** y = ln x, y another array. In three loops: C2 (JDK 17) gives up inlining in the body of one. */
    static void log(@real@[] x, @real@[] y, int from, int to) {
        significand(x, y, from, to);
        ofPositive(x, y, from, to);
        special(x, y, from, to);
    }

    /** y = f with x = 2ᵏ·(1 + f). */
    private static void significand(@real@[] x, @real@[] y, int from, int to) {
        for (int i = from; i < to; i += LANES) {
            @Real@Vector value = @Real@Vector.fromArray(S, x, i);
            @Real@Vector normal =
                    value.blend(value.mul(MAKES_NORMAL), value.compare(VectorOperators.LT, @Real@.MIN_NORMAL));
            @Bits@Vector bits = normal.reinterpretAs@Bits@s();
            @Bits@Vector k = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, SIGNIFICAND_BITS);
            @Bits@Vector rest = bits.sub(k.lanewise(VectorOperators.LSHL, SIGNIFICAND_BITS));
            rest.reinterpretAs@Real@s().sub(1).intoArray(y, i);
        }
    }

    /** y = ln x where x is above 0 and finite, else anything, given f in y. */
    private static void ofPositive(@real@[] x, @real@[] y, int from, int to) {
        @Real@Vector zero = @Real@Vector.zero(S);
        @Real@Vector rounder = @Real@Vector.broadcast(S, ROUNDER);
        @Real@Vector shifted = @Real@Vector.broadcast(S, ROUNDER + SUBNORMAL_SHIFT);
        for (int i = from; i < to; i += LANES) {
            @Real@Vector value = @Real@Vector.fromArray(S, x, i);
            VectorMask<@Real@> subnormal = value.compare(VectorOperators.LT, @Real@.MIN_NORMAL);
            @Bits@Vector k = value.blend(value.mul(MAKES_NORMAL), subnormal)
                    .reinterpretAs@Bits@s()
                    .sub(SQRT_HALF_BITS)
                    .lanewise(VectorOperators.ASHR, SIGNIFICAND_BITS);
            @Real@Vector exponent = k.add(ROUNDER_BITS).reinterpretAs@Real@s().sub(rounder.blend(shifted, subnormal));
            @Real@Vector f = @Real@Vector.fromArray(S, y, i);
            @Real@Vector s = f.div(f.add(2));
            @Real@Vector z = s.mul(s);
            @Real@Vector h = f.mul((@real@) 0.5).mul(f);
            @Real@Vector p = @Real@Vector.broadcast(S, TAIL[0]);
            for (int t = 1; t < TAIL.length; t++) {
                p = p.fma(z, @Real@Vector.broadcast(S, TAIL[t]));
            }
            @Real@Vector tail = s.fma(z.fma(p, h), h.neg());
            @Real@Vector high = exponent.mul(LN2_HIGH);
            @Real@Vector sum = high.add(f);
            @Real@Vector lost = f.sub(sum.sub(high));
            @Real@Vector low = exponent.fma(@Real@Vector.broadcast(S, LN2_LOW), zero);
            sum.add(lost.add(tail.add(low))).intoArray(y, i);
        }
    }

    /** y = −∞ for ±0, ∞ for ∞, NaN for NaN and below 0, else y. */
    private static void special(@real@[] x, @real@[] y, int from, int to) {
        @Real@Vector zero = @Real@Vector.zero(S);
        @Real@Vector nan = @Real@Vector.broadcast(S, @Real@.NaN);
        @Real@Vector infinite = @Real@Vector.broadcast(S, @Real@.POSITIVE_INFINITY);
        @Real@Vector least = infinite.neg();
        for (int i = from; i < to; i += LANES) {
            @Real@Vector value = @Real@Vector.fromArray(S, x, i);
            @Real@Vector result = @Real@Vector.fromArray(S, y, i);
            result = result.blend(infinite, value.compare(VectorOperators.EQ, infinite));
            result = result.blend(least, value.compare(VectorOperators.EQ, zero));
            nan.blend(result, value.compare(VectorOperators.GE, zero)).intoArray(y, i);
        }
    }

    /** y = max(x, 0) + ln(1 + e^(−|x|)), the second in rest. A NaN of x stays one by the first. */
    static void softplus(@real@[] x, @real@[] rest, @real@[] y, int from, int to) {
        for (int i = from; i < to; i += LANES) {
            @Real@Vector.fromArray(S, x, i).reinterpretAs@Bits@s().or(SIGN).reinterpretAs@Real@s().intoArray(rest, i);
        }
        @Real@VectorFunctions.exp(rest, rest, from, to);
        log1p(rest, from, to);
        for (int i = from; i < to; i += LANES) {
            @Real@Vector.fromArray(S, x, i).max(0).add(@Real@Vector.fromArray(S, rest, i)).intoArray(y, i);
        }
    }

    /** x = ln(1 + x) for x from 0 to 1, so that none of the special cases of the scalar form is met. */
    private static void log1p(@real@[] x, int from, int to) {
        @Bits@Vector bias = @Bits@Vector.broadcast(@Real@Species.BITS, EXPONENT_BIAS);
        @Real@Vector one = @Real@Vector.broadcast(S, 1);
        @Real@Vector rounder = @Real@Vector.broadcast(S, ROUNDER);
        for (int i = from; i < to; i += LANES) {
            @Real@Vector value = @Real@Vector.fromArray(S, x, i);
            @Real@Vector u = value.add(one);
            @Real@Vector back = u.sub(one);
            @Real@Vector lost1 = one.sub(u.sub(back)).add(value.sub(back));
            @Bits@Vector bits = u.reinterpretAs@Bits@s();
            @Bits@Vector k = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, SIGNIFICAND_BITS);
            @Real@Vector high1 = bits.sub(k.lanewise(VectorOperators.LSHL, SIGNIFICAND_BITS))
                    .reinterpretAs@Real@s()
                    .sub(one);
            @Real@Vector low1 = lost1.mul(bias.sub(k)
                    .lanewise(VectorOperators.LSHL, SIGNIFICAND_BITS)
                    .reinterpretAs@Real@s());
            @Real@Vector f = high1.add(low1);
            @Real@Vector rest = high1.sub(f).add(low1);
            @Real@Vector exponent = k.add(ROUNDER_BITS).reinterpretAs@Real@s().sub(rounder);
            @Real@Vector s = f.div(f.add(2));
            @Real@Vector z = s.mul(s);
            @Real@Vector h = f.mul((@real@) 0.5).mul(f);
            @Real@Vector p = @Real@Vector.broadcast(S, TAIL[0]);
            for (int t = 1; t < TAIL.length; t++) {
                p = p.fma(z, @Real@Vector.broadcast(S, TAIL[t]));
            }
            @Real@Vector tail = s.fma(z.fma(p, h), h.neg());
            @Real@Vector low = exponent.fma(@Real@Vector.broadcast(S, LN2_LOW), f.neg().fma(rest, rest));
            @Real@Vector high = exponent.mul(LN2_HIGH);
            @Real@Vector sum = high.add(f);
            @Real@Vector lost = f.sub(sum.sub(high));
            sum.add(lost.add(tail.add(low))).intoArray(x, i);
        }
    }
}
