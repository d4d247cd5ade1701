package dev.chainrule.math;

/**
 * Hold what differs between the precisions in the functions of {@link Strict}: the format's parameters, constants and
 * polynomials for {@code double}. The numbers are computed by {@code src/test/oracle/coefficients.py}.
 */
final class DoubleConstants {
    /** Bits of the significand that are stored. */
    static final int SIGNIFICAND_BITS = 52;
    /** What is added to an exponent when it is stored. */
    static final int EXPONENT_BIAS = 1023;
    /** Adding it to a number below 2⁵¹ in magnitude rounds that to an integer, which its lowest bits then hold. */
    static final double ROUNDER = 0x1.8p52;
    /** The bits of √½: where the significand that the logarithm works on begins. */
    static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;
    /** The exponent of the factor that makes every subnormal number normal. */
    static final int SUBNORMAL_SHIFT = 54;

    static final double LOG2_E = 0x1.71547652b82fep0;
    /** The first 42 bits of ln 2, so that an exponent times it is exact. */
    static final double LN2_HIGH = 0x1.62e42fefa38p-1;
    /** The rest of ln 2. */
    static final double LN2_LOW = 0x1.ef35793c7673p-45;

    /** From here down eˣ is 0. */
    static final double EXP_LEAST = -746;
    /** From here up eˣ is ∞. */
    static final double EXP_MOST = 710;
    /** From here down eˣ − 1 is −1. */
    static final double EXPM1_LEAST = -40;
    /** An exponent beyond which 2ⁿ − 1 is 2ⁿ, and which still is one of a normal number when negated. */
    static final int EXPONENT_MOST = 1000;
    /** From here up tanh x is 1. */
    static final double TANH_MOST = 22;

    private DoubleConstants() {}

    /** Return (eʳ − 1 − r) / r² for |r| ≤ ½ ln 2. */
    static double exponentialTail(double r) {
        double p = 0x1.1f72fc73c1b01p-29;
        p = Math.fma(p, r, 0x1.af4ddd85c75dap-26);
        p = Math.fma(p, r, 0x1.27e4db67b3686p-22);
        p = Math.fma(p, r, 0x1.71de023754f91p-19);
        p = Math.fma(p, r, 0x1.a01a01a6d780fp-16);
        p = Math.fma(p, r, 0x1.a01a01abe62e8p-13);
        p = Math.fma(p, r, 0x1.6c16c16c162d6p-10);
        p = Math.fma(p, r, 0x1.11111111100dfp-7);
        p = Math.fma(p, r, 0x1.5555555555556p-5);
        p = Math.fma(p, r, 0x1.5555555555557p-3);
        return Math.fma(p, r, 0x1.0p-1);
    }

    /** Return (2 artanh(s)/s − 2) / z for z = s², |s| ≤ (√2 − 1)/(√2 + 1). */
    static double logarithmTail(double z) {
        double p = 0x1.0c039c495c592p-3;
        p = Math.fma(p, z, 0x1.0fbe95d6da945p-3);
        p = Math.fma(p, z, 0x1.3b1c355a9504ap-3);
        p = Math.fma(p, z, 0x1.745cf9048da94p-3);
        p = Math.fma(p, z, 0x1.c71c720159183p-3);
        p = Math.fma(p, z, 0x1.2492492476cccp-2);
        p = Math.fma(p, z, 0x1.9999999999a38p-2);
        return Math.fma(p, z, 0x1.5555555555555p-1);
    }
}
