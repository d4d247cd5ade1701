package dev.chainrule.api;

import java.util.List;
import java.util.Optional;

/**
 * Report a comparison of the gradients of backpropagation with numerical ones, equation by equation.
 *
 * @param rows one per equation and quantity, in the order in which backpropagation computes them: the loss first
 * @param faults where the differences come from; empty when there are none
 */
public record GradientReport(List<Row> rows, List<Fault> faults) {
    /**
     * Copy what could be modified.
     *
     * @param rows one per equation and quantity
     * @param faults where the differences come from
     */
    public GradientReport {
        rows = List.copyOf(rows);
        faults = List.copyOf(faults);
    }

    /** What came of a check. */
    public enum Verdict {
        /** Everything that was compared agrees. */
        PASSED,
        /** Nothing differs, but of some quantity too little could be compared. */
        INCONCLUSIVE,
        /** Something differs. */
        FAILED
    }

    /** {@return what came of it} */
    public Verdict verdict() {
        if (rows.stream().anyMatch(row -> row.failed() > 0)) {
            return Verdict.FAILED;
        }
        return rows.stream().anyMatch(Row::inconclusive) ? Verdict.INCONCLUSIVE : Verdict.PASSED;
    }

    /**
     * Say how to check.
     *
     * @param samples entries compared per quantity, at most
     * @param tolerance the relative error |a − n| / (|a| + |n|) that is too small to care
     * @param budget the seconds it may take; whatever is left then is counted as skipped
     */
    public record Options(int samples, double tolerance, Optional<Double> budget) {}

    /**
     * Report one quantity.
     *
     * @param equation {@code loss}, {@code fused}, {@code BP1} … {@code BP4}, {@code inputs}, {@code parameters} or
     *     {@code regularizer}
     * @param layer the layer, or what the loss is called
     * @param quantity what was perturbed: {@code dense_1.weights}, {@code dense_1.z}
     * @param entries how many it has
     * @param checked entries compared
     * @param atKink entries left out because a branch changes at every step
     * @param unresolved entries left out because rounding hides them
     * @param skipped entries that there was no time for
     * @param failed entries that differ
     * @param worst the entry compared with the largest relative error
     */
    public record Row(
            String equation,
            String layer,
            String quantity,
            int entries,
            int checked,
            int atKink,
            int unresolved,
            int skipped,
            int failed,
            Optional<Entry> worst) {
        /** {@return whether fewer entries could be compared than were left out} */
        public boolean inconclusive() {
            return checked < atKink + unresolved || (checked == 0 && skipped > 0);
        }
    }

    /**
     * Report one entry.
     *
     * @param row of the parameter, from 0
     * @param column of the parameter, from 0
     * @param analytic what backpropagation computed
     * @param numeric the slope of the cost
     * @param relativeError |a − n| / (|a| + |n|), the sum taken no smaller than the rounding floor allows
     */
    public record Entry(int row, int column, double analytic, double numeric, double relativeError) {}

    /**
     * Say where a difference comes from: what fails though everything it is computed from is right.
     *
     * @param equation as in {@link Row}
     * @param layer whose code computes it
     * @param row what fails
     * @param cause what the pattern of the differences tells; empty where it tells nothing
     */
    public record Fault(String equation, String layer, Row row, Optional<String> cause) {}
}
