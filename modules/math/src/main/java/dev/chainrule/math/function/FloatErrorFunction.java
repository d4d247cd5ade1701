package dev.chainrule.math.function;

import static dev.chainrule.math.function.FloatConstants.ERF_MOST;
import static dev.chainrule.math.function.FloatConstants.errorNear;
import static dev.chainrule.math.function.FloatConstants.errorTail;

/**
 * The error function erf x, and {@link dev.chainrule.math.CommonFunction#GELU}, in {@code float}.
 *
 * <p>Below 1 erf is odd and nearly straight: erf x = x + x·C(x²), the exact x dominating. From 1 on it is near 1, and erf x =
 * 1 − e^(−Q(x − 1)) with the polynomial Q near x²: an error of Q is multiplied by only 1 − erf x, so that one polynomial
 * suffices up to the x at which erf rounds to 1. Both polynomials are Chainrule's own, see
 * {@code src/test/oracle/error_function.py}.
 */
@SuppressWarnings("cast") // a cast that narrows here does nothing in the source for double
public final class FloatErrorFunction {
    /** √½, rounded. */
    public static final float SQRT_HALF = (float) 0.7071067811865475244;
    /** 1/√(2π), rounded. */
    public static final float BELL_TOP = (float) 0.3989422804014326779;
    /** ½. */
    public static final float HALF = (float) 0.5;

    private FloatErrorFunction() {}

    public static float erf(float x) {
        float magnitude = Math.min(Math.abs(x), ERF_MOST);
        if (magnitude < 1) {
            return Math.fma(x, errorNear(x * x), x);
        }
        return Math.copySign(1 - FloatExponential.exp(-errorTail(magnitude - 1)), x); // NaN stays NaN
    }

    /** Return z·Φ(z). */
    public static float gelu(float z) {
        return z * normal(z);
    }

    /** Return Φ(z) + z·φ(z), φ(z) = e^(−½z²)/√(2π). */
    public static float geluSlope(float z) {
        float bell = BELL_TOP * FloatExponential.exp(-HALF * z * z);
        return Math.fma(z, bell, normal(z));
    }

    /** Return Φ(z) = ½·(1 + erf(z·√½)). */
    private static float normal(float z) {
        return HALF * (1 + erf(z * SQRT_HALF));
    }
}
