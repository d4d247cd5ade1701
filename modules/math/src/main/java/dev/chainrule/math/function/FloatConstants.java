package dev.chainrule.math.function;

/**
 * The parts of the functions of {@link dev.chainrule.math.Strict} that depend on the precision: the format's parameters, constants and
 * polynomials for {@code float}. The numbers are computed by {@code src/test/oracle/coefficients.py} and
 * {@code error_function.py}.
 */
public final class FloatConstants {
    /** The type of integers that contain the bits of a number. */
    public static final Class<Integer> BITS_TYPE = int.class;
    /** The bit that is set in negative numbers and −0. */
    public static final int SIGN_BIT = Integer.MIN_VALUE;
    /** The number of bits of the significand that are stored. */
    public static final int SIGNIFICAND_BITS = 23;
    /** The number added to an exponent when it is stored. */
    public static final int EXPONENT_BIAS = 127;
    /**
     * Adding it to a number below 2²² in magnitude rounds that number to an integer, which the lowest bits of the sum then
     * contain.
     */
    public static final float ROUNDER = 0x1.8p23f;
    /** The bits of √½: the start of the range of the significand in the logarithm. */
    public static final int SQRT_HALF_BITS = 0x3f3504f3;
    /** The exponent of the factor that makes every subnormal number normal. */
    public static final int SUBNORMAL_SHIFT = 25;

    /** log₂ e. */
    public static final float LOG2_E = 0x1.715476p0f;
    /** The first 16 bits of ln 2, so that an exponent times it is exact. */
    public static final float LN2_HIGH = 0x1.62e4p-1f;
    /** The rest of ln 2. */
    public static final float LN2_LOW = 0x1.7f7d1cp-20f;

    /** The number at and below which eˣ is 0. */
    public static final float EXP_LEAST = -104;
    /** The number at and above which eˣ is ∞. */
    public static final float EXP_MOST = 89;
    /** The number at and below which eˣ − 1 is −1. */
    public static final float EXPM1_LEAST = -20;
    /** An exponent beyond which 2ⁿ − 1 is 2ⁿ, and whose negative is still the exponent of a normal number. */
    public static final int EXPONENT_MOST = 100;
    /** The number at and above which tanh x is 1. */
    public static final float TANH_MOST = 10;

    /** The number at and above which erf x is 1. */
    public static final float ERF_MOST = 3.92f;

    /** The coefficients of {@link #exponentialTail}, the highest power first. */
    private static final float[] EXPONENTIAL_TAIL = {
        0x1.a124e4p-13f, 0x1.6d4316p-10f, 0x1.1110ep-7f, 0x1.5554eap-5f, 0x1.555556p-3f, 0x1.0p-1f
    };

    /** The coefficients of {@link #logarithmTail}, the highest power first. */
    private static final float[] LOGARITHM_TAIL = {0x1.ddced8p-3f, 0x1.245c44p-2f, 0x1.9999ecp-2f, 0x1.555556p-1f};

    /** The coefficients of {@link #errorNear}, the highest power first. */
    private static final float[] ERROR_NEAR = {
        0x1.4a569p-14f, -0x1.a45088p-11f, 0x1.54127p-8f, -0x1.b7fabap-6f, 0x1.ce2d1p-4f, -0x1.81273ep-2f, 0x1.06eba8p-3f
    };

    /** The coefficients of {@link #errorTail}, the highest power first. */
    private static final float[] ERROR_TAIL = {
        -0x1.852dbap-13f, 0x1.deb84cp-10f, -0x1.441af8p-7f, 0x1.53f948p-5f, 0x1.afad34p-1f, 0x1.51c9aap1f, 0x1.d97fcp0f
    };

    private FloatConstants() {}

    /** Return (eʳ − 1 − r) / r² for |r| ≤ ½ ln 2. */
    static float exponentialTail(float r) {
        float p = EXPONENTIAL_TAIL[0];
        for (int i = 1; i < EXPONENTIAL_TAIL.length; i++) {
            p = Math.fma(p, r, EXPONENTIAL_TAIL[i]);
        }
        return p;
    }

    /** Return (2 artanh(s)/s − 2) / z for z = s², |s| ≤ (√2 − 1)/(√2 + 1). */
    static float logarithmTail(float z) {
        float p = LOGARITHM_TAIL[0];
        for (int i = 1; i < LOGARITHM_TAIL.length; i++) {
            p = Math.fma(p, z, LOGARITHM_TAIL[i]);
        }
        return p;
    }

    /** Return erf(x)/x − 1 for z = x², |x| &lt; 1. */
    static float errorNear(float z) {
        float p = ERROR_NEAR[0];
        for (int i = 1; i < ERROR_NEAR.length; i++) {
            p = Math.fma(p, z, ERROR_NEAR[i]);
        }
        return p;
    }

    /** Return −ln(1 − erf(1 + s)) for 0 ≤ s ≤ ERF_MOST − 1. */
    static float errorTail(float s) {
        float p = ERROR_TAIL[0];
        for (int i = 1; i < ERROR_TAIL.length; i++) {
            p = Math.fma(p, s, ERROR_TAIL[i]);
        }
        return p;
    }

    /** {@return a copy of the coefficients of (eʳ − 1 − r) / r², the highest power first} */
    public static float[] exponentialTail() {
        return EXPONENTIAL_TAIL.clone();
    }

    /** {@return a copy of the coefficients of erf(x)/x − 1, the highest power first} */
    public static float[] errorNear() {
        return ERROR_NEAR.clone();
    }

    /** {@return a copy of the coefficients of −ln(1 − erf(1 + s)), the highest power first} */
    public static float[] errorTail() {
        return ERROR_TAIL.clone();
    }
}
