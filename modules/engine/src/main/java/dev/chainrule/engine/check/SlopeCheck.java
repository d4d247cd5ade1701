package dev.chainrule.engine.check;

import dev.chainrule.engine.check.Comparison.Verdict;

/**
 * The comparison of a derivative with the slope of the curve it belongs to.
 *
 * <p>The contracts of components use it as follows, where cost is a function of the perturbed matrix x:
 *
 * <pre>
 * SlopeCheck check = new SlopeCheck(1e-6);
 * double noise = SlopeCheck.noise(largest number that the cost is computed from);
 * Comparison found = check.compare(Curve.of(x, i, j, cost, kinks), x.get(i, j), gradient.get(i, j), scale, noise);
 * if (found.verdict() == Comparison.Verdict.DIFFERS) …
 * </pre>
 *
 * <p>The step begins at {@link CentralDifference#step}. If the relative uncertainty of the slope exceeds {@value #RESOLUTION},
 * the step is made smaller if truncation causes it, or larger if rounding does. A step that crosses a kink is made smaller; if
 * even the smallest crosses it, θ lies on the kink. A difference must last: if it exceeds the uncertainty at one step, other
 * steps are tried, and the derivative is called wrong only if it differs at all conclusive steps, at least two. A wrong
 * formula is wrong at every step, an accident is not. So there is no tolerance to guess: the given one only states which
 * differences are too small to matter.
 */
public final class SlopeCheck {
    /** The largest uncertainty of a slope relative to its size. */
    static final double RESOLUTION = 1e-4;
    /** Slopes below this share of the scale need no better accuracy than this share. */
    private static final double SHARE = 1e-2;
    /** The factor by which the error of a slope must exceed its uncertainty. */
    private static final double BEYOND = 4;

    private static final double FAR_BEYOND = 1000;

    private static final double FACTOR = 8;
    private static final double NOISE_FACTOR = 4;
    private static final double LARGEST = 0.1;
    private static final double SMALLEST = 1e-9;
    private static final int TRIES = 24;
    /** The divisor of the step of a difference that gives the one-sided steps in the search for a jump. */
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
     * Return the possible error of a cost, a few roundings of the largest number that it is computed from.
     *
     * @param magnitude of that number, the cost itself included
     */
    public static double noise(double magnitude) {
        return ROUNDINGS * Math.ulp(1.0) * magnitude;
    }

    /**
     * Compare a derivative with the slope of a curve.
     *
     * @param theta the place
     * @param analytic the claimed derivative there
     * @param scale the size of derivatives of the same kind; 0 if this is the only one
     * @param noise the possible error of a cost: {@link #noise}
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
     * Return whether an undeclared kink explains a difference: the slopes to both sides differ, unlike those of a smooth
     * curve, and the claimed derivative is no larger than they are.
     *
     * @param theta the place
     * @param analytic the claimed derivative there
     * @param noise the possible error of a cost: {@link #noise}
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
     * The most certain difference found, if there was one.
     *
     * @param atKink whether a kink prevented larger steps
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
     * Return whether the two differences are so far apart that their distance does not measure the error: the curve bends
     * within the step, as that of a batch normalisation does over a column that hardly varies.
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

    /** Return the noise around a place by fourth differences, in which the smooth part cancels and noise adds up. */
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
        return noise / 2; // the coefficients sum to 16 if all costs err their way, to 8 on average
    }

    private double allowed(double analytic, CentralDifference difference) {
        return Math.max(tolerance * (Math.abs(analytic) + Math.abs(difference.slope())), difference.uncertainty());
    }

    private boolean beyond(double analytic, CentralDifference difference) {
        double gap = Math.abs(analytic - difference.slope());
        double small = tolerance * (Math.abs(analytic) + Math.abs(difference.slope()));
        // A slope that is lost in its uncertainty may belong to a curve that bends within the step.
        double times = difference.uncertainty() > Math.abs(difference.slope()) ? FAR_BEYOND : BEYOND;
        return !(gap <= Math.max(small, times * difference.uncertainty())); // so that NaN is beyond
    }

    private static boolean resolved(CentralDifference difference, double analytic, double scale) {
        double size = Math.max(SHARE * scale, Math.max(Math.abs(analytic), Math.abs(difference.slope())));
        return difference.uncertainty() <= RESOLUTION * size || (analytic == 0 && difference.slope() == 0);
    }
}
