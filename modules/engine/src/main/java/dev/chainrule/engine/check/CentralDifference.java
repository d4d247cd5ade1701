package dev.chainrule.engine.check;

/**
 * The slope of a curve by two central differences and Richardson's extrapolation.
 *
 * <p>With D(h) = (C(θ + h) − C(θ − h)) / 2h = C′ + h²·C‴/6 + O(h⁴) the slope is n = (4·D(h/2) − D(h)) / 3, whose error is
 * O(h⁴). Its uncertainty is taken from the error of the difference before the extrapolation, |D(h/2) − D(h)|, which is larger.
 * If every cost may be off by ν, D(h) may be by ν/h, hence n by (4·2ν/h + ν/h) / 3 = 3ν/h.
 *
 * <p>Source: W. Press et al., "Numerical Recipes", 3rd ed., section 5.7.
 *
 * @param step h
 * @param slope n
 * @param truncation the possible error of n from truncating the series
 * @param rounding the possible error of n from the rounding of costs
 * @param smooth whether θ and all four places lie in the same branches
 */
public record CentralDifference(double step, double slope, double truncation, double rounding, boolean smooth) {
    /** The relative step that balances h⁴ against 2⁻⁵²/h, 0.00074. */
    public static final double STEP = StrictMath.pow(Math.ulp(1.0), 0.2);

    /**
     * Differentiate.
     *
     * @param here the curve at θ
     * @param noise ν, the possible error of a cost
     */
    public static CentralDifference of(Curve curve, double theta, Curve.Point here, double h, double noise) {
        Curve.Point above = curve.at(theta + h);
        Curve.Point below = curve.at(theta - h);
        Curve.Point halfAbove = curve.at(theta + h / 2);
        Curve.Point halfBelow = curve.at(theta - h / 2);
        // Divided by the distance between the places after rounding.
        double wide = (above.cost() - below.cost()) / ((theta + h) - (theta - h));
        double narrow = (halfAbove.cost() - halfBelow.cost()) / ((theta + h / 2) - (theta - h / 2));
        double slope = narrow + (narrow - wide) / 3;
        boolean smooth = same(here, above) && same(here, below) && same(here, halfAbove) && same(here, halfBelow);
        return new CentralDifference(h, slope, Math.abs(narrow - wide), 3 * noise / h, smooth);
    }

    /** Return whether two points have the same branches. */
    static boolean same(Curve.Point one, Curve.Point other) {
        return one.branches() == other.branches() && one.differentiable() == other.differentiable();
    }

    /** Return the initial step at a place. */
    public static double step(double theta) {
        return STEP * Math.max(1, Math.abs(theta));
    }

    /** Return how far n may be from the derivative. */
    public double uncertainty() {
        return truncation + rounding;
    }

    /** Return whether there is a slope at all: no cost was infinite or NaN. */
    boolean finite() {
        return Double.isFinite(slope) && Double.isFinite(truncation);
    }
}
