package dev.chainrule.math;

import static dev.chainrule.math.@Real@Constants.ERF_MOST;
import static dev.chainrule.math.@Real@Constants.errorNear;
import static dev.chainrule.math.@Real@Constants.errorTail;

/**
 * Compute erf x and what {@link CommonFunction#GELU} makes of it in {@code @real@}.
 *
 * <p>Below 1 erf is odd and nearly straight: erf x = x + x·C(x²), the exact x dominating. From 1 on it is near 1, and
 * erf x = 1 − e^(−Q(x − 1)) with the polynomial Q near x²: an error of Q counts times 1 − erf x only, so that one polynomial
 * serves up to where erf rounds to 1. Both polynomials are our own, see {@code src/test/oracle/error_function.py}.
 */
@SuppressWarnings("cast") // one source for two precisions: a cast that narrows in one is idle in the other
public final class @Real@ErrorFunction {
    /** √½, rounded. */
    public static final @real@ SQRT_HALF = (@real@) 0.7071067811865475244;
    /** 1/√(2π), rounded. */
    public static final @real@ BELL_TOP = (@real@) 0.3989422804014326779;
    /** ½. */
    public static final @real@ HALF = (@real@) 0.5;

    private @Real@ErrorFunction() {}

    static @real@ erf(@real@ x) {
        @real@ magnitude = Math.min(Math.abs(x), ERF_MOST);
        if (magnitude < 1) {
            return Math.fma(x, errorNear(x * x), x);
        }
        return Math.copySign(1 - @Real@Exponential.exp(-errorTail(magnitude - 1)), x); // NaN stays NaN
    }

    /** z·Φ(z). */
    static @real@ gelu(@real@ z) {
        return z * normal(z);
    }

    /** Φ(z) + z·φ(z), φ(z) = e^(−½z²)/√(2π). */
    static @real@ geluSlope(@real@ z) {
        @real@ bell = BELL_TOP * @Real@Exponential.exp(-HALF * z * z);
        return Math.fma(z, bell, normal(z));
    }

    /** Φ(z) = ½·(1 + erf(z·√½)). */
    private static @real@ normal(@real@ z) {
        return HALF * (1 + erf(z * SQRT_HALF));
    }
}
