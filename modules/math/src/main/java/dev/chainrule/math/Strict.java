package dev.chainrule.math;

import dev.chainrule.math.function.DoubleErrorFunction;
import dev.chainrule.math.function.DoubleExponential;
import dev.chainrule.math.function.DoubleHyperbolic;
import dev.chainrule.math.function.DoubleLogarithm;
import dev.chainrule.math.function.FloatErrorFunction;
import dev.chainrule.math.function.FloatExponential;
import dev.chainrule.math.function.FloatHyperbolic;
import dev.chainrule.math.function.FloatLogarithm;

/**
 * Elementary functions with the same bits on every machine.
 *
 * <p>{@link Math#exp} and similar functions differ between platforms and JDKs. These are Chainrule's own polynomials over
 * exactly rounded operations and fma, without tables and almost without branches, so that a scalar and a vector form give the
 * same bits. The float forms compute in float throughout.
 *
 * <p>Error bounds are in units in the last place of the exact result (of the smallest subnormal number, below it); they are
 * measured by the tests, for float over a dense sample of all numbers, for double over random numbers of every magnitude.
 * Special cases are those of {@link StrictMath}.
 */
public final class Strict {
    private Strict() {}

    /**
     * {@return eˣ within 0.8 ulp}
     *
     * @param x any number
     */
    public static double exp(double x) {
        return DoubleExponential.exp(x);
    }

    /**
     * {@return eˣ in float32, within 0.8 ulp}
     *
     * @param x any number
     */
    public static float exp(float x) {
        return FloatExponential.exp(x);
    }

    /**
     * {@return eˣ − 1 within 1 ulp; −0 gives −0}
     *
     * @param x any number
     */
    public static double expm1(double x) {
        return DoubleExponential.expm1(x);
    }

    /**
     * {@return eˣ − 1 in float32, within 1 ulp; −0 gives −0}
     *
     * @param x any number
     */
    public static float expm1(float x) {
        return FloatExponential.expm1(x);
    }

    /**
     * {@return ln x within 0.9 ulp; ±0 gives −∞, a negative number NaN}
     *
     * @param x any number
     */
    public static double log(double x) {
        return DoubleLogarithm.log(x);
    }

    /**
     * {@return ln x in float32, within 0.9 ulp; ±0 gives −∞, a negative number NaN}
     *
     * @param x any number
     */
    public static float log(float x) {
        return FloatLogarithm.log(x);
    }

    /**
     * {@return ln(1 + x) within 0.9 ulp; −0 gives −0, −1 gives −∞, less gives NaN}
     *
     * @param x any number
     */
    public static double log1p(double x) {
        return DoubleLogarithm.log1p(x);
    }

    /**
     * {@return ln(1 + x) in float32, within 0.9 ulp; −0 gives −0, −1 gives −∞, less gives NaN}
     *
     * @param x any number
     */
    public static float log1p(float x) {
        return FloatLogarithm.log1p(x);
    }

    /**
     * {@return tanh x within 2.5 ulp; −0 gives −0, and the magnitude is at most 1}
     *
     * @param x any number
     */
    public static double tanh(double x) {
        return DoubleHyperbolic.tanh(x);
    }

    /**
     * {@return tanh x in float32, within 2.5 ulp; −0 gives −0, and the magnitude is at most 1}
     *
     * @param x any number
     */
    public static float tanh(float x) {
        return FloatHyperbolic.tanh(x);
    }

    /**
     * {@return the logistic sigmoid 1 / (1 + e⁻ˣ) within 2.5 ulp}
     *
     * @param x any number
     */
    public static double sigmoid(double x) {
        return DoubleHyperbolic.sigmoid(x);
    }

    /**
     * {@return the logistic sigmoid 1 / (1 + e⁻ˣ) in float32, within 2.5 ulp}
     *
     * @param x any number
     */
    public static float sigmoid(float x) {
        return FloatHyperbolic.sigmoid(x);
    }

    /**
     * {@return the softplus ln(1 + eˣ) within 1.6 ulp, for large x too}
     *
     * @param x any number
     */
    public static double softplus(double x) {
        return DoubleHyperbolic.softplus(x);
    }

    /**
     * {@return the softplus ln(1 + eˣ) in float32, within 1.6 ulp, for large x too}
     *
     * @param x any number
     */
    public static float softplus(float x) {
        return FloatHyperbolic.softplus(x);
    }

    /**
     * {@return the error function 2/√π·∫₀ˣ e^(−t²) dt within 1 ulp; −0 gives −0, and the magnitude is at most 1}
     *
     * @param x any number
     */
    public static double erf(double x) {
        return DoubleErrorFunction.erf(x);
    }

    /**
     * {@return the error function in float32, within 1 ulp; −0 gives −0, and the magnitude is at most 1}
     *
     * @param x any number
     */
    public static float erf(float x) {
        return FloatErrorFunction.erf(x);
    }
}
