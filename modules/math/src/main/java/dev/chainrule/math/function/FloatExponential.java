package dev.chainrule.math.function;

import static dev.chainrule.math.function.FloatConstants.EXPM1_LEAST;
import static dev.chainrule.math.function.FloatConstants.EXPONENT_BIAS;
import static dev.chainrule.math.function.FloatConstants.EXPONENT_MOST;
import static dev.chainrule.math.function.FloatConstants.EXP_LEAST;
import static dev.chainrule.math.function.FloatConstants.EXP_MOST;
import static dev.chainrule.math.function.FloatConstants.LN2_HIGH;
import static dev.chainrule.math.function.FloatConstants.LN2_LOW;
import static dev.chainrule.math.function.FloatConstants.LOG2_E;
import static dev.chainrule.math.function.FloatConstants.ROUNDER;
import static dev.chainrule.math.function.FloatConstants.SIGNIFICAND_BITS;
import static dev.chainrule.math.function.FloatConstants.exponentialTail;

/**
 * The functions eˣ and eˣ − 1 in {@code float}.
 *
 * <p>x = n ln 2 + r with an integer n and |r| ≤ ½ ln 2, so eˣ = 2ⁿ·(1 + r + q), q = r²·P(r) + (the rounding error of r). The
 * addition 1 + r is corrected by its own rounding error, which leaves the rounding of the last addition and little more.
 * There are no branches, so that a vector form can do the same operations in the same order.
 */
public final class FloatExponential {
    private FloatExponential() {}

    public static float exp(float x) {
        float bounded = Math.max(EXP_LEAST, Math.min(EXP_MOST, x));
        float shifted = Math.fma(bounded, LOG2_E, ROUNDER);
        float n = shifted - ROUNDER;
        float exact = Math.fma(-n, LN2_HIGH, bounded);
        float r = Math.fma(-n, LN2_LOW, exact);
        float q = Math.fma(r * r, exponentialTail(r), Math.fma(-n, LN2_LOW, exact - r));
        float sum = 1 + r;
        float lost = r - (sum - 1);
        return scale(sum + (lost + q), exponent(shifted));
    }

    public static float expm1(float x) {
        float bounded = Math.max(EXPM1_LEAST, Math.min(EXP_MOST, x));
        float shifted = Math.fma(bounded, LOG2_E, ROUNDER);
        float n = shifted - ROUNDER;
        float exact = Math.fma(-n, LN2_HIGH, bounded);
        float r = Math.fma(-n, LN2_LOW, exact);
        float q = Math.fma(r * r, exponentialTail(r), Math.fma(-n, LN2_LOW, exact - r));
        @Bits int exponent = exponent(shifted);
        // eˣ − 1 = 2ⁿ·((1 − 2⁻ⁿ) + r + q), where |1 − 2⁻ⁿ| is 0 or at least ½
        float power = power(-Math.min(exponent, EXPONENT_MOST));
        float one = 1 - power;
        float sum = one + r;
        float lost = ((1 - one) - power) + (r - (sum - one));
        float result = scale(sum + (lost + q), exponent);
        return x == 0 ? x : result;
    }

    /** Return the integer that was rounded to by adding {@code ROUNDER}. */
    private static @Bits int exponent(float shifted) {
        return Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(ROUNDER);
    }

    /** Return 2ⁿ for an exponent of a normal number. */
    static float power(@Bits int n) {
        return Float.intBitsToFloat((n + EXPONENT_BIAS) << SIGNIFICAND_BITS);
    }

    /**
     * Return y·2ⁿ in two steps, since 2ⁿ and, before the last rounding, the product may be outside the range of normal
     * numbers.
     */
    private static float scale(float y, @Bits int n) {
        @Bits int half = n >> 1;
        return y * power(half) * power(n - half);
    }
}
