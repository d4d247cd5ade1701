package dev.chainrule.math;

import static dev.chainrule.math.@Real@Constants.EXPONENT_MOST;
import static dev.chainrule.math.@Real@Constants.LN2_HIGH;
import static dev.chainrule.math.@Real@Constants.LN2_LOW;
import static dev.chainrule.math.@Real@Constants.SIGNIFICAND_BITS;
import static dev.chainrule.math.@Real@Constants.SQRT_HALF_BITS;
import static dev.chainrule.math.@Real@Constants.SUBNORMAL_SHIFT;
import static dev.chainrule.math.@Real@Constants.logarithmTail;

/**
 * Compute ln x and ln(1 + x) in {@code @real@}.
 *
 * <p>x = 2ᵏ·(1 + f) with 1 + f in [√½, √2), so ln x = k ln 2 + ln(1 + f). With s = f / (2 + f) and h = ½f²,
 * ln(1 + f) = 2 artanh s = f − (h − s·(h + s²·T(s²))): written so, the exact f dominates and the rounding of the rest matters
 * little. The form is that of fdlibm's e_log.c (Sun Microsystems, 1993); the polynomial and the arithmetic by fma are ours.
 */
@SuppressWarnings("cast") // one source for two precisions: a cast that narrows in one is idle in the other
final class @Real@Logarithm {
    private @Real@Logarithm() {}

    static @real@ log(@real@ x) {
        boolean subnormal = x < @Real@.MIN_NORMAL;
        @real@ normal = subnormal ? x * @Real@Exponential.power(SUBNORMAL_SHIFT) : x;
        @bits@ bits = @Real@.@real@ToRaw@Bits@Bits(normal);
        @bits@ k = (bits - SQRT_HALF_BITS) >> SIGNIFICAND_BITS;
        @real@ f = @Real@.@bits@BitsTo@Real@(bits - (k << SIGNIFICAND_BITS)) - 1;
        @real@ result = sum(subnormal ? k - SUBNORMAL_SHIFT : k, f, 0);
        if (x > 0 && x < @Real@.POSITIVE_INFINITY) {
            return result;
        }
        return x == 0 ? @Real@.NEGATIVE_INFINITY : x > 0 ? x : @Real@.NaN;
    }

    static @real@ log1p(@real@ x) {
        @real@ u = 1 + x;
        @real@ back = u - 1;
        @real@ lost = (1 - (u - back)) + (x - back); // 1 + x = u + lost, exactly
        @bits@ bits = @Real@.@real@ToRaw@Bits@Bits(u);
        @bits@ k = (bits - SQRT_HALF_BITS) >> SIGNIFICAND_BITS;
        @real@ high = @Real@.@bits@BitsTo@Real@(bits - (k << SIGNIFICAND_BITS)) - 1;
        @real@ low = lost * @Real@Exponential.power(-Math.min(k, EXPONENT_MOST));
        @real@ f = high + low;
        @real@ rest = (high - f) + low;
        @real@ result = sum(k, f, Math.fma(-f, rest, rest)); // ln(1 + f + rest) = ln(1 + f) + rest·(1 − f + …)
        if (x > -1 && x < @Real@.POSITIVE_INFINITY) {
            return x == 0 ? x : result;
        }
        return x == -1 ? @Real@.NEGATIVE_INFINITY : x > 0 ? x : @Real@.NaN;
    }

    /** Return k ln 2 + ln(1 + f) + rest. */
    private static @real@ sum(@bits@ k, @real@ f, @real@ rest) {
        @real@ s = f / (2 + f);
        @real@ z = s * s;
        @real@ h = (@real@) 0.5 * f * f;
        @real@ tail = Math.fma(s, Math.fma(z, logarithmTail(z), h), -h);
        @real@ exponent = k;
        @real@ low = Math.fma(exponent, LN2_LOW, rest);
        @real@ high = exponent * LN2_HIGH;
        @real@ sum = high + f;
        @real@ lost = f - (sum - high);
        return sum + (lost + (tail + low));
    }
}
