package dev.chainrule.engine.check;

/**
 * The comparison of one analytic derivative with the slope of a curve.
 *
 * @param numeric NaN if there is none
 * @param uncertainty how far numeric may be from the derivative
 * @param step h of the difference that numeric is from
 * @param relativeError |a − n| / max(|a| + |n|, uncertainty / tolerance): a difference as small as the uncertainty is within
 *     the tolerance
 */
public record Comparison(
        Verdict verdict, double analytic, double numeric, double uncertainty, double step, double relativeError) {
    /** The possible results. */
    public enum Verdict {
        /** The two are equal within the tolerance, or within a small uncertainty. */
        AGREES,
        /** They differ by more than the uncertainty, and still do when the step is changed. */
        DIFFERS,
        /** There is a kink here: no derivative that a difference could show. */
        AT_KINK,
        /** Rounding hides any difference: neither passed nor failed. */
        UNRESOLVED
    }

    static Comparison without(Verdict verdict, double analytic) {
        return new Comparison(verdict, analytic, Double.NaN, Double.POSITIVE_INFINITY, 0, 0);
    }

    static Comparison of(Verdict verdict, double analytic, CentralDifference difference, double tolerance) {
        double numeric = difference.slope();
        double size = Math.max(Math.abs(analytic) + Math.abs(numeric), difference.uncertainty() / tolerance);
        double error = analytic == numeric ? 0 : Math.abs(analytic - numeric) / size;
        return new Comparison(
                verdict,
                analytic,
                numeric,
                difference.uncertainty(),
                difference.step(),
                Double.isNaN(error) ? Double.POSITIVE_INFINITY : error);
    }
}
