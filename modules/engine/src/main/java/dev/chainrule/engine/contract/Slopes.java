package dev.chainrule.engine.contract;

import dev.chainrule.engine.check.Comparison;
import dev.chainrule.engine.check.Comparison.Verdict;
import dev.chainrule.engine.check.Curve;
import dev.chainrule.engine.check.SlopeCheck;
import dev.chainrule.math.Matrix;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The derivatives that a component claims, compared with the slopes of its results by {@link SlopeCheck}, as in a gradient
 * check. Entries at a declared kink, or with a slope hidden by rounding, are not compared; up to a quarter of the entries may
 * be such.
 */
final class Slopes {
    /** Smaller relative differences do not matter to training. */
    private static final double TOLERANCE = 1e-6;

    private static final int MEANINGFUL_DIGITS = 8;

    private final SlopeCheck check = new SlopeCheck(TOLERANCE);
    private final Findings findings;
    private final String value;
    private final String declares;
    private final double scale;
    private int entries;
    private int leftOut;

    /**
     * Create a comparison of one kind of derivatives.
     *
     * @param value their meaning, in words
     * @param declares the member of the component that declares kinks: {@code kinks()}
     * @param claimed all derivatives
     */
    Slopes(Findings findings, String value, String declares, Matrix claimed) {
        this.findings = findings;
        this.value = value;
        this.declares = declares;
        double largest = 0;
        for (int i = 0; i < claimed.rows(); i++) {
            for (int j = 0; j < claimed.columns(); j++) {
                double size = Math.abs(claimed.get(i, j));
                largest = Double.isFinite(size) ? Math.max(largest, size) : largest;
            }
        }
        this.scale = largest;
    }

    /**
     * Compare one derivative.
     *
     * @param magnitude of the largest number that the cost is computed from
     * @param unit the divisor of both in the report
     * @param at the place, in words
     */
    void compare(Curve curve, double theta, double claimed, double magnitude, double unit, String at) {
        double noise = SlopeCheck.noise(magnitude);
        Comparison comparison = check.compare(curve, theta, claimed, scale, noise);
        entries++;
        if (comparison.verdict() == Verdict.AGREES) {
            return;
        }
        // The check takes an undeclared kink for noise; here it is a mistake.
        boolean jumps = comparison.verdict() != Verdict.AT_KINK && SlopeCheck.jumps(curve, theta, claimed, noise);
        if (comparison.verdict() == Verdict.DIFFERS || jumps) {
            String what = jumps ? value + " (it jumps here: " + declares + " must report the place)" : value;
            findings.add(what, rounded(comparison.numeric() / unit), claimed / unit, at);
        } else {
            leftOut++;
        }
    }

    /** Require that enough entries were compared. */
    void end() {
        findings.require(
                4 * leftOut <= entries,
                value + ": places at a kink, or hidden by rounding",
                "at most " + entries / 4,
                leftOut);
    }

    /** Round to the significant digits. */
    private static double rounded(double slope) {
        return Double.isFinite(slope)
                ? new BigDecimal(slope)
                        .round(new MathContext(MEANINGFUL_DIGITS))
                        .doubleValue()
                : slope;
    }
}
