package dev.chainrule.math.function;

/**
 * The parts of the functions of {@link dev.chainrule.math.Strict} that depend on the precision: the format's parameters, constants and
 * polynomials for {@code double}. The numbers are computed by {@code src/test/oracle/coefficients.py} and
 * {@code error_function.py}.
 */
public final class DoubleConstants {
    /** The type of integers that contain the bits of a number. */
    public static final Class<Long> BITS_TYPE = long.class;
    /** The bit that is set in negative numbers and −0. */
    public static final long SIGN_BIT = Long.MIN_VALUE;
    /** The number of bits of the significand that are stored. */
    public static final int SIGNIFICAND_BITS = 52;
    /** The number added to an exponent when it is stored. */
    public static final int EXPONENT_BIAS = 1023;
    /**
     * Adding it to a number below 2⁵¹ in magnitude rounds that number to an integer, which the lowest bits of the sum then
     * contain.
     */
    public static final double ROUNDER = 0x1.8p52;
    /** The bits of √½: the start of the range of the significand in the logarithm. */
    public static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;
    /** The exponent of the factor that makes every subnormal number normal. */
    public static final int SUBNORMAL_SHIFT = 54;

    /** log₂ e. */
    public static final double LOG2_E = 0x1.71547652b82fep0;
    /** The first 42 bits of ln 2, so that an exponent times it is exact. */
    public static final double LN2_HIGH = 0x1.62e42fefa38p-1;
    /** The rest of ln 2. */
    public static final double LN2_LOW = 0x1.ef35793c7673p-45;

    /** The number at and below which eˣ is 0. */
    public static final double EXP_LEAST = -746;
    /** The number at and above which eˣ is ∞. */
    public static final double EXP_MOST = 710;
    /** The number at and below which eˣ − 1 is −1. */
    public static final double EXPM1_LEAST = -40;
    /** An exponent beyond which 2ⁿ − 1 is 2ⁿ, and whose negative is still the exponent of a normal number. */
    public static final int EXPONENT_MOST = 1000;
    /** The number at and above which tanh x is 1. */
    public static final double TANH_MOST = 22;

    /** The number at and above which erf x is 1. */
    public static final double ERF_MOST = 5.93;

    /** The coefficients of {@link #exponentialTail}, the highest power first. */
    private static final double[] EXPONENTIAL_TAIL = {
        0x1.1f72fc73c1b01p-29,
        0x1.af4ddd85c75dap-26,
        0x1.27e4db67b3686p-22,
        0x1.71de023754f91p-19,
        0x1.a01a01a6d780fp-16,
        0x1.a01a01abe62e8p-13,
        0x1.6c16c16c162d6p-10,
        0x1.11111111100dfp-7,
        0x1.5555555555556p-5,
        0x1.5555555555557p-3,
        0x1.0p-1
    };

    /** The coefficients of {@link #logarithmTail}, the highest power first. */
    private static final double[] LOGARITHM_TAIL = {
        0x1.0c039c495c592p-3,
        0x1.0fbe95d6da945p-3,
        0x1.3b1c355a9504ap-3,
        0x1.745cf9048da94p-3,
        0x1.c71c720159183p-3,
        0x1.2492492476cccp-2,
        0x1.9999999999a38p-2,
        0x1.5555555555555p-1
    };

    /** The coefficients of {@link #errorNear}, the highest power first. */
    private static final double[] ERROR_NEAR = {
        0x1.05ffd73a6b476p-34,
        -0x1.389d4f2977886p-30,
        0x1.f7b4bf3cf4da5p-27,
        -0x1.5f1ecb6f4a8a9p-23,
        0x1.b9df224caf95ap-20,
        -0x1.f4d1e31840942p-17,
        0x1.f9a321d5b8f43p-14,
        -0x1.c02db3dac436bp-11,
        0x1.565bcd0dbaa38p-8,
        -0x1.b82ce31284ep-6,
        0x1.ce2f21a042b3p-4,
        -0x1.812746b0379e6p-2,
        0x1.06eba8214db69p-3
    };

    /** The coefficients of {@link #errorTail}, the highest power first. */
    private static final double[] ERROR_TAIL = {
        0x1.56409d7de1e0ap-38,
        -0x1.0658083f90926p-33,
        0x1.6a881d053fd41p-30,
        -0x1.24aa4674a1299p-27,
        0x1.1ecc773f93371p-25,
        -0x1.f2407076d0694p-25,
        -0x1.b7da6e92fdb7dp-23,
        0x1.1e253c6a15924p-19,
        -0x1.44848a2c4a388p-17,
        0x1.c852b3067c6c5p-16,
        -0x1.b92ddb78a241bp-16,
        -0x1.f1b04a9975bd7p-13,
        0x1.033f5a13b349p-9,
        -0x1.48c9d37fcf589p-7,
        0x1.5477f099b740ap-5,
        0x1.afabc11a2afd1p-1,
        0x1.51c9b0006c21ap1,
        0x1.d97fbf27aa2a1p0
    };

    private DoubleConstants() {}

    /** Return (eʳ − 1 − r) / r² for |r| ≤ ½ ln 2. */
    static double exponentialTail(double r) {
        double p = EXPONENTIAL_TAIL[0];
        for (int i = 1; i < EXPONENTIAL_TAIL.length; i++) {
            p = Math.fma(p, r, EXPONENTIAL_TAIL[i]);
        }
        return p;
    }

    /** Return (2 artanh(s)/s − 2) / z for z = s², |s| ≤ (√2 − 1)/(√2 + 1). */
    static double logarithmTail(double z) {
        double p = LOGARITHM_TAIL[0];
        for (int i = 1; i < LOGARITHM_TAIL.length; i++) {
            p = Math.fma(p, z, LOGARITHM_TAIL[i]);
        }
        return p;
    }

    /** Return erf(x)/x − 1 for z = x², |x| &lt; 1. */
    static double errorNear(double z) {
        double p = ERROR_NEAR[0];
        for (int i = 1; i < ERROR_NEAR.length; i++) {
            p = Math.fma(p, z, ERROR_NEAR[i]);
        }
        return p;
    }

    /** Return −ln(1 − erf(1 + s)) for 0 ≤ s ≤ ERF_MOST − 1. */
    static double errorTail(double s) {
        double p = ERROR_TAIL[0];
        for (int i = 1; i < ERROR_TAIL.length; i++) {
            p = Math.fma(p, s, ERROR_TAIL[i]);
        }
        return p;
    }

    /** {@return a copy of the coefficients of (eʳ − 1 − r) / r², the highest power first} */
    public static double[] exponentialTail() {
        return EXPONENTIAL_TAIL.clone();
    }

    /** {@return a copy of the coefficients of erf(x)/x − 1, the highest power first} */
    public static double[] errorNear() {
        return ERROR_NEAR.clone();
    }

    /** {@return a copy of the coefficients of −ln(1 − erf(1 + s)), the highest power first} */
    public static double[] errorTail() {
        return ERROR_TAIL.clone();
    }
}
