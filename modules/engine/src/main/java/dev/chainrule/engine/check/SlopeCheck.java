package dev.chainrule.engine.check;

import dev.chainrule.engine.check.Comparison.Verdict;

/**
 * Compare a derivative with the slope of the curve it belongs to.
 *
 * <p>The contracts of components use it like this, cost being a function of the matrix x that is perturbed:
 *
 * <pre>
 * SlopeCheck check = new SlopeCheck(1e-6);
 * double noise = SlopeCheck.noise(largest number that the cost is computed from);
 * Comparison found = check.compare(Curve.of(x, i, j, cost, kinks), x.get(i, j), gradient.get(i, j), scale, noise);
 * if (found.verdict() == Comparison.Verdict.DIFFERS) …
 * </pre>
 *
 * <p>The step begins at {@link CentralDifference#step}. Where the slope is less certain than {@value #RESOLUTION} of itself the step is made
 * smaller, if truncation is to blame, or larger, if rounding is. A step that crosses a kink is made smaller; where even the
 * smallest crosses it, θ lies on it. A difference must last: one that is beyond the uncertainty at one step is looked at again at
 * others, and the derivative is called wrong only if it is off at all of them that can tell, two at least, since a wrong formula is
 * wrong at every step and an accident is not. So there is no tolerance to guess: the one given only says what is too small to care.
 */
public final class SlopeCheck {
    /** What the uncertainty of a slope may be of its size. */
    static final double RESOLUTION = 1e-4;
    /** Slopes below this share of the scale need not be known any better than it. */
    private static final double SHARE = 1e-2;
    /** How much further off than its uncertainty a slope must be. */
    private static final double BEYOND = 4;

    private static final double FAR_BEYOND = 1000;

    private static final double FACTOR = 8;
    private static final double NOISE_FACTOR = 4;
    private static final double LARGEST = 0.1;
    private static final double SMALLEST = 1e-9;
    private static final int TRIES = 24;
    /** How much smaller than that of a difference the step to each side is that looks for a jump. */
    private static final double JUMP = 64;

    private static final double[] AGAIN = {1 / 4.0, 4, 1 / 16.0};
    private static final double ROUNDINGS = 4;

    private final double tolerance;

    /**
     * Create a check.
     *
     * @param tolerance the relative difference |a − n| / (|a| + |n|) that is too small to care
     */
    public SlopeCheck(double tolerance) {
        this.tolerance = tolerance;
    }

    /**
     * Return how far a cost may be off, a few roundings of the largest number it is computed from.
     *
     * @param magnitude that number's, the cost itself included
     */
    public static double noise(double magnitude) {
        return ROUNDINGS * Math.ulp(1.0) * magnitude;
    }

    /**
     * Compare.
     *
     * @param theta where
     * @param analytic the derivative there, as it is claimed
     * @param scale the size of derivatives of the same kind; 0 where this one is alone
     * @param noise how far a cost may be off: {@link #noise}
     */
    public Comparison compare(Curve curve, double theta, double analytic, double scale, double noise) {
        Curve.Point here = curve.at(theta);
        if (!here.differentiable()) {
            return Comparison.without(Verdict.AT_KINK, analytic);
        }
        Found found = best(curve, theta, here, Math.max(Math.abs(analytic), SHARE * scale), noise);
        Verdict undecided = found.atKink() ? Verdict.AT_KINK : Verdict.UNRESOLVED;
        CentralDifference best = found.best();
        if (best == null) {
            return Comparison.without(undecided, analytic);
        }
        if (Math.abs(analytic - best.slope()) <= allowed(analytic, best)) {
            Verdict verdict = resolved(best, analytic, scale) ? Verdict.AGREES : undecided;
            return Comparison.of(verdict, analytic, best, tolerance);
        }
        double louder = Math.max(noise, noiseAt(curve, theta, here, best.step()));
        CentralDifference first = CentralDifference.of(curve, theta, here, best.step(), louder);
        Verdict verdict = again(curve, theta, here, analytic, scale, louder, first);
        return Comparison.of(verdict == Verdict.UNRESOLVED ? undecided : verdict, analytic, first, tolerance);
    }

    /**
     * Return whether a kink that nobody declared explains a difference: the slopes to both sides are unlike, as those of a smooth
     * curve are not, and what is claimed is no larger than they are.
     *
     * @param theta where
     * @param analytic the derivative there, as it is claimed
     * @param noise how far a cost may be off: {@link #noise}
     */
    public static boolean jumps(Curve curve, double theta, double analytic, double noise) {
        double h = CentralDifference.step(theta) / JUMP;
        double here = curve.at(theta).cost();
        double right = (curve.at(theta + h).cost() - here) / h;
        double left = (here - curve.at(theta - h).cost()) / h;
        double size = Math.abs(right) + Math.abs(left);
        return Math.abs(analytic) <= size && Math.abs(right - left) > size / 4 + noise / h;
    }

    /**
     * Hold the most certain difference found, if there was one.
     *
     * @param atKink whether a kink stood in the way of larger steps
     */
    private record Found(CentralDifference best, boolean atKink) {}

    private static Found best(Curve curve, double theta, Curve.Point here, double size, double noise) {
        double unit = Math.max(1, Math.abs(theta));
        double h = CentralDifference.step(theta);
        double ceiling = LARGEST * unit;
        double direction = 0;
        boolean kinked = false;
        CentralDifference best = null;
        for (int i = 0; i < TRIES; i++) {
            CentralDifference tried = CentralDifference.of(curve, theta, here, h, noise);
            if (!tried.smooth() || !tried.finite()) {
                kinked |= !tried.smooth();
                if (best != null || (kinked && i == 0 && isOnKink(curve, theta, here, unit))) {
                    break;
                }
                ceiling = h;
                h /= FACTOR;
                continue;
            }
            if (best == null && isRough(tried)) {
                ceiling = h;
                h /= FACTOR;
                continue;
            }
            if (best == null || tried.uncertainty() < best.uncertainty()) {
                best = tried;
            }
            double next = tried.truncation() > tried.rounding() ? 1 / FACTOR : FACTOR;
            if (tried.uncertainty() <= RESOLUTION * Math.max(size, Math.abs(tried.slope()))
                    || (direction != 0 && next != direction)
                    || next * h >= ceiling
                    || best != tried) {
                break;
            }
            direction = next;
            h *= next;
        }
        return new Found(best, kinked);
    }

    /**
     * Return whether the two differences are so unlike that their distance is no measure of the error: the curve bends within
     * the step, as that of a batch normalisation does over a column that hardly varies.
     */
    private static boolean isRough(CentralDifference difference) {
        return difference.truncation() > Math.abs(difference.slope()) / FACTOR
                && difference.truncation() > difference.rounding();
    }

    /** Return whether θ is exactly on a kink: the smallest step changes the branch to either side. */
    private static boolean isOnKink(Curve curve, double theta, Curve.Point here, double unit) {
        double h = SMALLEST * unit;
        return !CentralDifference.same(here, curve.at(theta + h)) && !CentralDifference.same(here, curve.at(theta - h));
    }

    private Verdict again(
            Curve curve,
            double theta,
            Curve.Point here,
            double analytic,
            double scale,
            double noise,
            CentralDifference first) {
        int differing = beyond(analytic, first) && !isRough(first) ? 1 : 0;
        for (double factor : AGAIN) {
            CentralDifference other = CentralDifference.of(curve, theta, here, factor * first.step(), noise);
            if (other.smooth() && other.finite() && !isRough(other)) {
                if (beyond(analytic, other)) {
                    differing++;
                } else if (resolved(other, analytic, scale)) {
                    return Verdict.AGREES;
                }
            }
        }
        return differing >= 2 ? Verdict.DIFFERS : Verdict.UNRESOLVED;
    }

    /** Return the noise around a place by fourth differences, in which what is smooth cancels and noise adds up. */
    private static double noiseAt(Curve curve, double theta, Curve.Point here, double widest) {
        double noise = 0;
        for (double step = SMALLEST * Math.max(1, Math.abs(theta)); step < widest / FACTOR; step *= NOISE_FACTOR) {
            Curve.Point above = curve.at(theta + 2 * step);
            Curve.Point below = curve.at(theta - 2 * step);
            if (CentralDifference.same(here, above) && CentralDifference.same(here, below)) {
                double near =
                        curve.at(theta + step).cost() + curve.at(theta - step).cost();
                double far = above.cost() + below.cost();
                noise = Math.max(noise, Math.abs(far - 4 * near + 6 * here.cost()));
            }
        }
        return noise / 2; // the coefficients sum to 16 if all costs err their way, to 8 on the average
    }

    private double allowed(double analytic, CentralDifference difference) {
        return Math.max(tolerance * (Math.abs(analytic) + Math.abs(difference.slope())), difference.uncertainty());
    }

    private boolean beyond(double analytic, CentralDifference difference) {
        double gap = Math.abs(analytic - difference.slope());
        double small = tolerance * (Math.abs(analytic) + Math.abs(difference.slope()));
        // A slope that is lost in its uncertainty may be that of a curve which bends within the step.
        double times = difference.uncertainty() > Math.abs(difference.slope()) ? FAR_BEYOND : BEYOND;
        return !(gap <= Math.max(small, times * difference.uncertainty())); // so that NaN is beyond
    }

    private static boolean resolved(CentralDifference difference, double analytic, double scale) {
        double size = Math.max(SHARE * scale, Math.max(Math.abs(analytic), Math.abs(difference.slope())));
        return difference.uncertainty() <= RESOLUTION * size || (analytic == 0 && difference.slope() == 0);
    }
}
