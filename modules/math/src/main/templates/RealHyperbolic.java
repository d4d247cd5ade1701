package dev.chainrule.math;

import static dev.chainrule.math.@Real@Constants.TANH_MOST;

/**
 * Compute tanh x, the logistic sigmoid and its integral, the softplus, in {@code @real@}.
 *
 * <p>Each is written with the exponential of one sign that cannot cancel or overflow. A NaN stays a NaN through every line.
 */
final class @Real@Hyperbolic {
    private @Real@Hyperbolic() {}

    /** tanh |x| = e / (e + 2) = 1 − 2 / (e + 2) with e = e^(2|x|) − 1, the second near 1, where it keeps order. */
    static @real@ tanh(@real@ x) {
        @real@ e = @Real@Exponential.expm1(2 * Math.min(Math.abs(x), TANH_MOST));
        boolean large = e > 2;
        return Math.copySign((large ? 1 : 0) + (large ? -2 : e) / (e + 2), x);
    }

    /** With e = e^(−|x|): 1 / (1 + e) for positive x, e / (1 + e) for negative. */
    static @real@ sigmoid(@real@ x) {
        @real@ e = @Real@Exponential.exp(-Math.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
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
