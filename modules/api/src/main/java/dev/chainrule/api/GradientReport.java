package dev.chainrule.api;

import java.util.List;

/**
 * Report a comparison of analytic with numerical gradients.
 *
 * @param rows one per parameter, in the network's order
 */
public record GradientReport(List<Row> rows) {
    /**
     * Copy what could be modified.
     *
     * @param rows one per parameter, in the network's order
     */
    public GradientReport {
        rows = List.copyOf(rows);
    }

    /** {@return whether no entry failed} */
    public boolean passed() {
        return rows.stream().allMatch(row -> row.failed() == 0);
    }

    /**
     * Say how to check.
     *
     * @param samples entries checked per parameter, at most
     * @param tolerance the largest relative error |a − n| / (|a| + |n|) that passes
     */
    public record Options(int samples, double tolerance) {}

    /**
     * Report one parameter.
     *
     * @param equation BP3 for biases, BP4 for weights, empty for others
     * @param parameter {@code dense_1.weights}
     * @param checked entries compared
     * @param atKink entries left out because a branch changed within the step
     * @param failed entries over the tolerance
     * @param worst the entry with the largest relative error
     */
    public record Row(String equation, String parameter, int checked, int atKink, int failed, Entry worst) {}

    /**
     * Report one entry.
     *
     * @param row of the parameter, from 0
     * @param column of the parameter, from 0
     * @param analytic what backpropagation computed
     * @param numeric the central difference
     * @param relativeError |a − n| / (|a| + |n|), the sum taken no smaller than the rounding floor allows
     */
    public record Entry(int row, int column, double analytic, double numeric, double relativeError) {}
}
