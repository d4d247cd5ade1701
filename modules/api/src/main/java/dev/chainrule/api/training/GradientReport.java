package dev.chainrule.api.training;

import java.util.List;
import java.util.Optional;

/**
 * The result of a gradient check: the gradients of backpropagation compared with numerical ones, equation by equation.
 *
 * @param rows one per equation and quantity, in the order in which backpropagation computes them: the loss first
 * @param faults the sources of the differences; empty if there are none
 */
public record GradientReport(List<Row> rows, List<Fault> faults) {
    /**
     * Copy the lists.
     *
     * @param rows one per equation and quantity
     * @param faults the sources of the differences
     */
    public GradientReport {
        rows = List.copyOf(rows);
        faults = List.copyOf(faults);
    }

    /** The outcome of a check. */
    public enum Verdict {
        /** All compared entries agree. */
        PASSED,
        /** No entry differs, but too few entries of some quantity could be compared. */
        INCONCLUSIVE,
        /** At least one entry differs. */
        FAILED
    }

    /** {@return the outcome} */
    public Verdict verdict() {
        if (rows.stream().anyMatch(row -> row.failed() > 0)) {
            return Verdict.FAILED;
        }
        return rows.stream().anyMatch(Row::inconclusive) ? Verdict.INCONCLUSIVE : Verdict.PASSED;
    }

    /**
     * The options of a check.
     *
     * @param samples the maximum number of entries compared per quantity
     * @param tolerance the largest relative error |a − n| / (|a| + |n|) that passes
     * @param budget the time limit in seconds; entries left then are counted as skipped
     */
    public record Options(int samples, double tolerance, Optional<Double> budget) {}

    /**
     * The result for one quantity.
     *
     * @param equation {@code loss}, {@code fused}, {@code BP1} … {@code BP4}, {@code inputs}, {@code parameters} or
     *     {@code regularizer}
     * @param layer the layer's or the loss's name
     * @param quantity the perturbed quantity: {@code dense_1.weights}, {@code dense_1.z}
     * @param entries the number of its entries
     * @param checked entries compared
     * @param atKink entries omitted because a branch changes at every step size
     * @param unresolved entries omitted because rounding hides them
     * @param skipped entries omitted because the time was up
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
        /** {@return whether fewer entries could be compared than were omitted} */
        public boolean inconclusive() {
            return checked < atKink + unresolved || (checked == 0 && skipped > 0);
        }
    }

    /**
     * The result for one entry.
     *
     * @param row of the parameter, from 0
     * @param column of the parameter, from 0
     * @param analytic the value that backpropagation computed
     * @param numeric the slope of the cost
     * @param relativeError |a − n| / (|a| + |n|), the sum taken no smaller than the rounding floor allows
     */
    public record Entry(int row, int column, double analytic, double numeric, double relativeError) {}

    /**
     * The source of a difference: a quantity that fails although everything it is computed from is right.
     *
     * @param equation as in {@link Row}
     * @param layer the layer whose code computes it
     * @param row the quantity that fails
     * @param cause the likely cause, deduced from the pattern of the differences; empty if unknown
     */
    public record Fault(String equation, String layer, Row row, Optional<String> cause) {}
}
