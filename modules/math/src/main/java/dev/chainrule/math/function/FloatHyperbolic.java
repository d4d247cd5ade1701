package dev.chainrule.math.function;

import static dev.chainrule.math.function.FloatConstants.TANH_MOST;

/**
 * The functions tanh x, the logistic sigmoid and its integral, the softplus, in {@code float}.
 *
 * <p>Each uses the exponential only with the sign that cannot cancel or overflow. A NaN stays a NaN through every line.
 * Choices are made by bits: for {@code float} C2 compiles a conditional expression to a jump, which a processor mispredicts
 * at every other element of a matrix of both signs, at a higher cost than the rest.
 */
public final class FloatHyperbolic {
    private static final int SIGN_SHIFT = Float.SIZE - 1;
    private static final @Bits int ONE = Float.floatToRawIntBits(1);
    private static final @Bits int TWO = Float.floatToRawIntBits(2);

    private FloatHyperbolic() {}

    /**
     * Return tanh x, with tanh |x| = e / (e + 2) = 1 − 2 / (e + 2) and e = e^(2|x|) − 1; the second form is used near 1,
     * where it is monotonic.
     */
    public static float tanh(float x) {
        float e = FloatExponential.expm1(2 * Math.min(Math.abs(x), TANH_MOST));
        // all bits set if e is above 2, as e is not negative
        @Bits int large = (TWO - Float.floatToRawIntBits(e)) >> SIGN_SHIFT;
        float first = Float.intBitsToFloat(ONE & large);
        return Math.copySign(first + choose(large, -2, e) / (e + 2), x);
    }

    /** Return, with e = e^(−|x|), 1 / (1 + e) for positive x and e / (1 + e) for negative x. */
    public static float sigmoid(float x) {
        float e = FloatExponential.exp(-Math.abs(x));
        @Bits int negative = Float.floatToRawIntBits(x) >> SIGN_SHIFT;
        return choose(negative, e, 1) / (1 + e);
    }

    /** Return x if all bits of the choice are set, y if none is. */
    private static float choose(@Bits int choice, float x, float y) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(x) & choice | Float.floatToRawIntBits(y) & ~choice);
    }

    /** Return max(x, 0) + ln(1 + e^(−|x|)). */
    public static float softplus(float x) {
        return Math.max(x, 0) + FloatLogarithm.log1p(FloatExponential.exp(-Math.abs(x)));
    }

    /** Return z·s, s the sigmoid of z. */
    public static float silu(float z) {
        return z * sigmoid(z);
    }

    /** Return s·(1 + z·(1 − s)), s the sigmoid of z. */
    public static float siluSlope(float z) {
        float s = sigmoid(z);
        return s * Math.fma(z, 1 - s, 1);
    }
}
