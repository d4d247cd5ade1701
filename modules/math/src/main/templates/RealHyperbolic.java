package dev.chainrule.math;

import static dev.chainrule.math.@Real@Constants.TANH_MOST;

/**
 * Compute tanh x, the logistic sigmoid and its integral, the softplus, in {@code @real@}.
 *
 * <p>Each is written with the exponential of one sign that cannot cancel or overflow. A NaN stays a NaN through every line.
 * Choices are made by bits: for {@code @real@} C2 makes a jump of a conditional expression, which a processor mispredicts at
 * every other element of a matrix of both signs, for more than the rest costs.
 */
final class @Real@Hyperbolic {
    private static final int SIGN_SHIFT = @Real@.SIZE - 1;
    private static final @bits@ ONE = @Real@.@real@ToRaw@Bits@Bits(1);
    private static final @bits@ TWO = @Real@.@real@ToRaw@Bits@Bits(2);

    private @Real@Hyperbolic() {}

    /** tanh |x| = e / (e + 2) = 1 − 2 / (e + 2) with e = e^(2|x|) − 1, the second near 1, where it keeps order. */
    static @real@ tanh(@real@ x) {
        @real@ e = @Real@Exponential.expm1(2 * Math.min(Math.abs(x), TANH_MOST));
        @bits@ large = (TWO - @Real@.@real@ToRaw@Bits@Bits(e)) >> SIGN_SHIFT; // all bits where e is above 2, as e is not negative
        @real@ first = @Real@.@bits@BitsTo@Real@(ONE & large);
        return Math.copySign(first + choose(large, -2, e) / (e + 2), x);
    }

    /** With e = e^(−|x|): 1 / (1 + e) for positive x, e / (1 + e) for negative. */
    static @real@ sigmoid(@real@ x) {
        @real@ e = @Real@Exponential.exp(-Math.abs(x));
        @bits@ negative = @Real@.@real@ToRaw@Bits@Bits(x) >> SIGN_SHIFT;
        return choose(negative, e, 1) / (1 + e);
    }

    /** Return x where all bits of the choice are set, y where none is. */
    private static @real@ choose(@bits@ choice, @real@ x, @real@ y) {
        return @Real@.@bits@BitsTo@Real@(
                @Real@.@real@ToRaw@Bits@Bits(x) & choice | @Real@.@real@ToRaw@Bits@Bits(y) & ~choice);
    }

    /** max(x, 0) + ln(1 + e^(−|x|)). */
    static @real@ softplus(@real@ x) {
        return Math.max(x, 0) + @Real@Logarithm.log1p(@Real@Exponential.exp(-Math.abs(x)));
    }

    /** z·s, s the sigmoid of z. */
    static @real@ silu(@real@ z) {
        return z * sigmoid(z);
    }

    /** s·(1 + z·(1 − s)), s the sigmoid of z. */
    static @real@ siluSlope(@real@ z) {
        @real@ s = sigmoid(z);
        return s * Math.fma(z, 1 - s, 1);
    }
}
