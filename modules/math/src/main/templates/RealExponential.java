package dev.chainrule.math;

import static dev.chainrule.math.@Real@Constants.EXPM1_LEAST;
import static dev.chainrule.math.@Real@Constants.EXPONENT_BIAS;
import static dev.chainrule.math.@Real@Constants.EXPONENT_MOST;
import static dev.chainrule.math.@Real@Constants.EXP_LEAST;
import static dev.chainrule.math.@Real@Constants.EXP_MOST;
import static dev.chainrule.math.@Real@Constants.LN2_HIGH;
import static dev.chainrule.math.@Real@Constants.LN2_LOW;
import static dev.chainrule.math.@Real@Constants.LOG2_E;
import static dev.chainrule.math.@Real@Constants.ROUNDER;
import static dev.chainrule.math.@Real@Constants.SIGNIFICAND_BITS;
import static dev.chainrule.math.@Real@Constants.exponentialTail;

/**
 * Compute eˣ and eˣ − 1 in {@code @real@}.
 *
 * <p>x = n ln 2 + r with an integer n and |r| ≤ ½ ln 2, so eˣ = 2ⁿ·(1 + r + q), q = r²·P(r) + (what rounding r lost). The
 * addition 1 + r is corrected by its own rounding error, which leaves the rounding of the last addition and little more.
 * Nothing branches, so that a vector form can do the same operations in the same order.
 */
final class @Real@Exponential {
    private @Real@Exponential() {}

    static @real@ exp(@real@ x) {
        @real@ bounded = Math.max(EXP_LEAST, Math.min(EXP_MOST, x));
        @real@ shifted = Math.fma(bounded, LOG2_E, ROUNDER);
        @real@ n = shifted - ROUNDER;
        @real@ exact = Math.fma(-n, LN2_HIGH, bounded);
        @real@ r = Math.fma(-n, LN2_LOW, exact);
        @real@ q = Math.fma(r * r, exponentialTail(r), Math.fma(-n, LN2_LOW, exact - r));
        @real@ sum = 1 + r;
        @real@ lost = r - (sum - 1);
        return scale(sum + (lost + q), exponent(shifted));
    }

    static @real@ expm1(@real@ x) {
        @real@ bounded = Math.max(EXPM1_LEAST, Math.min(EXP_MOST, x));
        @real@ shifted = Math.fma(bounded, LOG2_E, ROUNDER);
        @real@ n = shifted - ROUNDER;
        @real@ exact = Math.fma(-n, LN2_HIGH, bounded);
        @real@ r = Math.fma(-n, LN2_LOW, exact);
        @real@ q = Math.fma(r * r, exponentialTail(r), Math.fma(-n, LN2_LOW, exact - r));
        @bits@ exponent = exponent(shifted);
        // eˣ − 1 = 2ⁿ·((1 − 2⁻ⁿ) + r + q), where |1 − 2⁻ⁿ| is 0 or at least ½
        @real@ power = power(-Math.min(exponent, EXPONENT_MOST));
        @real@ one = 1 - power;
        @real@ sum = one + r;
        @real@ lost = ((1 - one) - power) + (r - (sum - one));
        @real@ result = scale(sum + (lost + q), exponent);
        return x == 0 ? x : result;
    }

    /** Return the integer that adding {@code ROUNDER} made. */
    private static @bits@ exponent(@real@ shifted) {
        return @Real@.@real@ToRaw@Bits@Bits(shifted) - @Real@.@real@ToRaw@Bits@Bits(ROUNDER);
    }

    /** Return 2ⁿ for an exponent of a normal number. */
    static @real@ power(@bits@ n) {
        return @Real@.@bits@BitsTo@Real@((n + EXPONENT_BIAS) << SIGNIFICAND_BITS);
    }

    /** Return y·2ⁿ in two steps, since neither 2ⁿ nor, before the last rounding, the product need be a normal number. */
    private static @real@ scale(@real@ y, @bits@ n) {
        @bits@ half = n >> 1;
        return y * power(half) * power(n - half);
    }
}
