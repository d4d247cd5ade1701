package dev.chainrule.math.vector;

import static dev.chainrule.math.@Real@Constants.EXPONENT_BIAS;
import static dev.chainrule.math.@Real@Constants.LN2_HIGH;
import static dev.chainrule.math.@Real@Constants.LN2_LOW;
import static dev.chainrule.math.@Real@Constants.ROUNDER;
import static dev.chainrule.math.@Real@Constants.SIGNIFICAND_BITS;
import static dev.chainrule.math.@Real@Constants.SQRT_HALF_BITS;
import static dev.chainrule.math.vector.@Real@Species.LANES;
import static dev.chainrule.math.vector.@Real@Species.S;

import dev.chainrule.math.@Real@Constants;
import jdk.incubator.vector.@Bits@Vector;
import jdk.incubator.vector.@Real@Vector;
import jdk.incubator.vector.VectorOperators;

/**
 * Compute the softplus, whose logarithm is that of 1 + e^(−|x|), of arrays of
 * {@code @real@}: operation by operation what {@code @Real@Logarithm} does, and why is said
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

    private @Real@VectorLogarithm() {}

    /** y = max(x, 0) + ln(1 + e^(−|x|)), the second in rest; more is twice as long. A NaN of x stays one by the first. */
    static void softplus(@real@[] x, @real@[] rest, @real@[] more, @real@[] y, int from, int to) {
        for (int i = from; i < to; i += LANES) {
            @Real@Vector.fromArray(S, x, i).reinterpretAs@Bits@s().or(SIGN).reinterpretAs@Real@s().intoArray(rest, i);
        }
        @Real@VectorFunctions.exp(rest, rest, from, to);
        reduce(rest, more, more.length / 2, from, to);
        sum(rest, more, more.length / 2, from, to);
        for (int i = from; i < to; i += LANES) {
            @Real@Vector.fromArray(S, x, i).max(0).add(@Real@Vector.fromArray(S, rest, i)).intoArray(y, i);
        }
    }

    /**
     * x = f with 1 + x = 2ᵏ·(1 + f + rest), more[i] = k·LN2_LOW + rest·(1 − f), more[second + i] = k; for x from 0 to 1, so that
     * none of the special cases of the scalar form is met.
     */
    private static void reduce(@real@[] x, @real@[] more, int second, int from, int to) {
        @Bits@Vector bias = @Bits@Vector.broadcast(@Real@Species.BITS, EXPONENT_BIAS);
        @Real@Vector one = @Real@Vector.broadcast(S, 1);
        @Real@Vector rounder = @Real@Vector.broadcast(S, ROUNDER);
        @Real@Vector ln2Low = @Real@Vector.broadcast(S, LN2_LOW);
        for (int i = from; i < to; i += LANES) {
            @Real@Vector value = @Real@Vector.fromArray(S, x, i);
            @Real@Vector u = value.add(one);
            @Real@Vector back = u.sub(one);
            @Real@Vector lost = one.sub(u.sub(back)).add(value.sub(back));
            @Bits@Vector bits = u.reinterpretAs@Bits@s();
            @Bits@Vector k = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, SIGNIFICAND_BITS);
            @Bits@Vector significand = bits.sub(k.lanewise(VectorOperators.LSHL, SIGNIFICAND_BITS));
            @Real@Vector high = significand.reinterpretAs@Real@s().sub(one);
            @Bits@Vector power = bias.sub(k).lanewise(VectorOperators.LSHL, SIGNIFICAND_BITS);
            @Real@Vector low = lost.mul(power.reinterpretAs@Real@s());
            @Real@Vector f = high.add(low);
            @Real@Vector rest = high.sub(f).add(low);
            @Real@Vector exponent = k.add(ROUNDER_BITS).reinterpretAs@Real@s().sub(rounder);
            f.intoArray(x, i);
            exponent.fma(ln2Low, f.neg().fma(rest, rest)).intoArray(more, i);
            exponent.intoArray(more, second + i);
        }
    }

    /** x = k·ln 2 + ln(1 + x) + more, k in the second half of more. */
    private static void sum(@real@[] x, @real@[] more, int second, int from, int to) {
        for (int i = from; i < to; i += LANES) {
            @Real@Vector f = @Real@Vector.fromArray(S, x, i);
            @Real@Vector s = f.div(f.add(2));
            @Real@Vector z = s.mul(s);
            @Real@Vector h = f.mul((@real@) 0.5).mul(f);
            @Real@Vector p = @Real@Vector.broadcast(S, TAIL[0]);
            for (int t = 1; t < TAIL.length; t++) {
                p = p.fma(z, @Real@Vector.broadcast(S, TAIL[t]));
            }
            @Real@Vector tail = s.fma(z.fma(p, h), h.neg());
            @Real@Vector high = @Real@Vector.fromArray(S, more, second + i).mul(LN2_HIGH);
            @Real@Vector sum = high.add(f);
            @Real@Vector lost = f.sub(sum.sub(high));
            sum.add(lost.add(tail.add(@Real@Vector.fromArray(S, more, i)))).intoArray(x, i);
        }
    }
}
