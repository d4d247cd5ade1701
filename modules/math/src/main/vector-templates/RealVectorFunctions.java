package dev.chainrule.math.vector;

import static dev.chainrule.math.@Real@Constants.EXPONENT_BIAS;
import static dev.chainrule.math.@Real@Constants.EXP_LEAST;
import static dev.chainrule.math.@Real@Constants.EXP_MOST;
import static dev.chainrule.math.@Real@Constants.LN2_HIGH;
import static dev.chainrule.math.@Real@Constants.LN2_LOW;
import static dev.chainrule.math.@Real@Constants.LOG2_E;
import static dev.chainrule.math.@Real@Constants.ROUNDER;
import static dev.chainrule.math.@Real@Constants.SIGNIFICAND_BITS;
import static dev.chainrule.math.@Real@Constants.TANH_MOST;
import static dev.chainrule.math.vector.@Real@Species.LANES;
import static dev.chainrule.math.vector.@Real@Species.S;

import dev.chainrule.math.@Real@Constants;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.@Bits@Vector;
import jdk.incubator.vector.@Real@Vector;
import jdk.incubator.vector.VectorOperators;

/**
 * Compute elementary functions of arrays of {@code @real@}: operation by operation what {@code @Real@Exponential} and
 * {@code @Real@Hyperbolic} do, and why is said there. {@code from} and {@code to} are whole vectors apart.
 *
 * <p>Each loop is a {@link SeparateLoop}, and what lies between two loops rests in an array.
 */
@SuppressWarnings("cast") // one source for two precisions: a cast that narrows in one is idle in the other
final class @Real@VectorFunctions {
    private static final @real@[] TAIL = @Real@Constants.exponentialTail();
    private static final @bits@ ROUNDER_BITS = @Real@.@real@ToRaw@Bits@Bits(ROUNDER);
    private static final @bits@ SIGN = @Real@.@real@ToRaw@Bits@Bits((@real@) -0.0);

    private static final @Real@Loop EXP = loop("expLoop");
    private static final @Real@Loop EXPM1 = loop("expm1Loop");
    private static final @Real@Loop NEGATE = loop("negateLoop");
    private static final @Real@Loop LOGISTIC_FRACTION = loop("logisticFractionLoop");
    private static final @Real@Loop DOUBLE = loop("doubleLoop");
    private static final @Real@Loop FRACTION = loop("fractionLoop");

    private @Real@VectorFunctions() {}

    private static @Real@Loop loop(String name) {
        return new @Real@Loop(MethodHandles.lookup(), name);
    }

    /** y = eˣ. */
    static void exp(@real@[] x, @real@[] y, int from, int to) {
        EXP.run(x, y, from, to);
    }

    /** y = 1 / (1 + e⁻ˣ), with e = e^(−|x|) in rest. */
    static void sigmoid(@real@[] x, @real@[] rest, @real@[] y, int from, int to) {
        NEGATE.run(x, rest, from, to);
        EXP.run(rest, rest, from, to);
        LOGISTIC_FRACTION.run(x, rest, y, from, to);
    }

    /** y = tanh x, with e = e^(2|x|) − 1 in rest. */
    static void tanh(@real@[] x, @real@[] rest, @real@[] y, int from, int to) {
        DOUBLE.run(x, rest, from, to);
        EXPM1.run(rest, rest, from, to);
        FRACTION.run(x, rest, y, from, to);
    }

    private static void expLoop(@real@[] x, @real@[] y, int from, int to) {
        @Real@Vector log2e = @Real@Vector.broadcast(S, LOG2_E);
        @Real@Vector rounder = @Real@Vector.broadcast(S, ROUNDER);
        @Real@Vector ln2High = @Real@Vector.broadcast(S, -LN2_HIGH);
        @Real@Vector ln2Low = @Real@Vector.broadcast(S, -LN2_LOW);
        for (int i = from; i < to; i += LANES) {
            @Real@Vector value = @Real@Vector.fromArray(S, x, i);
            @Real@Vector bounded = value.min(EXP_MOST).max(EXP_LEAST);
            @Real@Vector shifted = bounded.fma(log2e, rounder);
            @Real@Vector n = shifted.sub(rounder);
            @Real@Vector exact = n.fma(ln2High, bounded);
            @Real@Vector r = n.fma(ln2Low, exact);
            @Real@Vector p = @Real@Vector.broadcast(S, TAIL[0]);
            for (int t = 1; t < TAIL.length; t++) {
                p = r.fma(p, @Real@Vector.broadcast(S, TAIL[t]));
            }
            @Real@Vector q = r.mul(r).fma(p, n.fma(ln2Low, exact.sub(r)));
            @Real@Vector sum = r.add(1);
            @Real@Vector lost = r.sub(sum.sub(1));
            @Bits@Vector exponent = shifted.reinterpretAs@Bits@s().sub(ROUNDER_BITS);
            @Bits@Vector half = exponent.lanewise(VectorOperators.ASHR, 1);
            @Bits@Vector rest = exponent.sub(half);
            @Real@Vector power1 =
                    half.add(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, SIGNIFICAND_BITS).reinterpretAs@Real@s();
            @Real@Vector power2 =
                    rest.add(EXPONENT_BIAS).lanewise(VectorOperators.LSHL, SIGNIFICAND_BITS).reinterpretAs@Real@s();
            @Real@Vector e = sum.add(lost.add(q)).mul(power1).mul(power2);
            e.intoArray(y, i);
        }
    }

    /** y = −|x|. */
    private static void negateLoop(@real@[] x, @real@[] y, int from, int to) {
        for (int i = from; i < to; i += LANES) {
            @Real@Vector.fromArray(S, x, i).reinterpretAs@Bits@s().or(SIGN).reinterpretAs@Real@s().intoArray(y, i);
        }
    }

    /** y = 1 / (1 + e), or e / (1 + e) where x is negative; either where it is −0, as e is 1 there. */
    private static void logisticFractionLoop(@real@[] x, @real@[] rest, @real@[] y, int from, int to) {
        @Real@Vector one = @Real@Vector.broadcast(S, 1);
        for (int i = from; i < to; i += LANES) {
            @Real@Vector e = @Real@Vector.fromArray(S, rest, i);
            @Real@Vector numerator = select(@Real@Vector.fromArray(S, x, i), e, one);
            numerator.div(e.add(one)).intoArray(y, i);
        }
    }

    /** y = 2|x|, at most twice {@code TANH_MOST}. */
    private static void doubleLoop(@real@[] x, @real@[] y, int from, int to) {
        for (int i = from; i < to; i += LANES) {
            @Real@Vector.fromArray(S, x, i).abs().min(TANH_MOST).mul(2).intoArray(y, i);
        }
    }

    /**
     * y = eˣ − 1 for x between 0 and twice {@code TANH_MOST}, so that none of the bounds of the scalar form is met, scaling by
     * 2ⁿ at once is exact, and 0 gives 0.
     */
    private static void expm1Loop(@real@[] x, @real@[] y, int from, int to) {
        @Bits@Vector bias = @Bits@Vector.broadcast(@Real@Species.BITS, EXPONENT_BIAS);
        @Real@Vector unit = @Real@Vector.broadcast(S, 1);
        @Real@Vector log2e = @Real@Vector.broadcast(S, LOG2_E);
        @Real@Vector rounder = @Real@Vector.broadcast(S, ROUNDER);
        @Real@Vector ln2High = @Real@Vector.broadcast(S, -LN2_HIGH);
        @Real@Vector ln2Low = @Real@Vector.broadcast(S, -LN2_LOW);
        for (int i = from; i < to; i += LANES) {
            @Real@Vector value = @Real@Vector.fromArray(S, x, i);
            @Real@Vector shifted = value.fma(log2e, rounder);
            @Real@Vector n = shifted.sub(rounder);
            @Real@Vector exact = n.fma(ln2High, value);
            @Real@Vector r = n.fma(ln2Low, exact);
            @Real@Vector p = @Real@Vector.broadcast(S, TAIL[0]);
            for (int t = 1; t < TAIL.length; t++) {
                p = r.fma(p, @Real@Vector.broadcast(S, TAIL[t]));
            }
            @Real@Vector q = r.mul(r).fma(p, n.fma(ln2Low, exact.sub(r)));
            @Bits@Vector exponent = shifted.reinterpretAs@Bits@s().sub(ROUNDER_BITS);
            @Real@Vector power =
                    bias.sub(exponent).lanewise(VectorOperators.LSHL, SIGNIFICAND_BITS).reinterpretAs@Real@s();
            @Real@Vector one = unit.sub(power);
            @Real@Vector sum = one.add(r);
            @Real@Vector lost = unit.sub(one).sub(power).add(r.sub(sum.sub(one)));
            @Real@Vector scale =
                    bias.add(exponent).lanewise(VectorOperators.LSHL, SIGNIFICAND_BITS).reinterpretAs@Real@s();
            sum.add(lost.add(q)).mul(scale).intoArray(y, i);
        }
    }

    /** y = e / (e + 2) = 1 − 2 / (e + 2), with the sign of x. */
    private static void fractionLoop(@real@[] x, @real@[] rest, @real@[] y, int from, int to) {
        @Real@Vector zero = @Real@Vector.zero(S);
        @Real@Vector one = @Real@Vector.broadcast(S, 1);
        @Real@Vector two = @Real@Vector.broadcast(S, 2);
        @Real@Vector minusTwo = @Real@Vector.broadcast(S, -2);
        for (int i = from; i < to; i += LANES) {
            @Real@Vector e = @Real@Vector.fromArray(S, rest, i);
            @Real@Vector room = two.sub(e); // negative where e is above 2
            @Real@Vector fraction = select(room, minusTwo, e).div(e.add(two));
            @Bits@Vector magnitude = select(room, one, zero).add(fraction).reinterpretAs@Bits@s();
            @Bits@Vector sign = @Real@Vector.fromArray(S, x, i).reinterpretAs@Bits@s().and(SIGN);
            magnitude.or(sign).reinterpretAs@Real@s().intoArray(y, i);
        }
    }

    /**
     * Return x where sign is below 0 or −0, else y; where sign is NaN, either. In place of a mask: C2 makes an object of a mask of
     * two lanes.
     */
    static @Real@Vector select(@Real@Vector sign, @Real@Vector x, @Real@Vector y) {
        @Bits@Vector chosen = sign.reinterpretAs@Bits@s().lanewise(VectorOperators.ASHR, @Real@.SIZE - 1);
        @Bits@Vector other = y.reinterpretAs@Bits@s();
        @Bits@Vector difference = x.reinterpretAs@Bits@s().lanewise(VectorOperators.XOR, other);
        return difference.and(chosen).lanewise(VectorOperators.XOR, other).reinterpretAs@Real@s();
    }
}
