package dev.chainrule.math.function;

import static dev.chainrule.math.function.FloatConstants.EXPONENT_MOST;
import static dev.chainrule.math.function.FloatConstants.LN2_HIGH;
import static dev.chainrule.math.function.FloatConstants.LN2_LOW;
import static dev.chainrule.math.function.FloatConstants.SIGNIFICAND_BITS;
import static dev.chainrule.math.function.FloatConstants.SQRT_HALF_BITS;
import static dev.chainrule.math.function.FloatConstants.SUBNORMAL_SHIFT;
import static dev.chainrule.math.function.FloatConstants.logarithmTail;

/**
 * The functions ln x and ln(1 + x) in {@code float}.
 *
 * <p>x = 2ᵏ·(1 + f) with 1 + f in [√½, √2), so ln x = k ln 2 + ln(1 + f). With s = f / (2 + f) and h = ½f², ln(1 + f) = 2
 * artanh s = f − (h − s·(h + s²·T(s²))): in this form, the exact f dominates and the rounding of the rest matters little. The
 * form is that of fdlibm's e_log.c (Sun Microsystems, 1993); the polynomial and the arithmetic with fma are Chainrule's own.
 */
@SuppressWarnings("cast") // a cast that narrows here does nothing in the source for double
public final class FloatLogarithm {
    private FloatLogarithm() {}

    public static float log(float x) {
        boolean subnormal = x < Float.MIN_NORMAL;
        float normal = subnormal ? x * FloatExponential.power(SUBNORMAL_SHIFT) : x;
        @Bits int bits = Float.floatToRawIntBits(normal);
        @Bits int k = (bits - SQRT_HALF_BITS) >> SIGNIFICAND_BITS;
        float f = Float.intBitsToFloat(bits - (k << SIGNIFICAND_BITS)) - 1;
        float result = sum(subnormal ? k - SUBNORMAL_SHIFT : k, f, 0);
        if (x > 0 && x < Float.POSITIVE_INFINITY) {
            return result;
        }
        return x == 0 ? Float.NEGATIVE_INFINITY : x > 0 ? x : Float.NaN;
    }

    public static float log1p(float x) {
        float u = 1 + x;
        float back = u - 1;
        float lost = (1 - (u - back)) + (x - back); // 1 + x = u + lost, exactly
        @Bits int bits = Float.floatToRawIntBits(u);
        @Bits int k = (bits - SQRT_HALF_BITS) >> SIGNIFICAND_BITS;
        float high = Float.intBitsToFloat(bits - (k << SIGNIFICAND_BITS)) - 1;
        float low = lost * FloatExponential.power(-Math.min(k, EXPONENT_MOST));
        float f = high + low;
        float rest = (high - f) + low;
        float result = sum(k, f, Math.fma(-f, rest, rest)); // ln(1 + f + rest) = ln(1 + f) + rest·(1 − f + …)
        if (x > -1 && x < Float.POSITIVE_INFINITY) {
            return x == 0 ? x : result;
        }
        return x == -1 ? Float.NEGATIVE_INFINITY : x > 0 ? x : Float.NaN;
    }

    /** Return k ln 2 + ln(1 + f) + rest. */
    private static float sum(@Bits int k, float f, float rest) {
        float s = f / (2 + f);
        float z = s * s;
        float h = (float) 0.5 * f * f;
        float tail = Math.fma(s, Math.fma(z, logarithmTail(z), h), -h);
        float exponent = k;
        float low = Math.fma(exponent, LN2_LOW, rest);
        float high = exponent * LN2_HIGH;
        float sum = high + f;
        float lost = f - (sum - high);
        return sum + (lost + (tail + low));
    }
}
