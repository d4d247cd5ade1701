package dev.chainrule.engine.check;

import dev.chainrule.api.layer.Node;
import dev.chainrule.engine.check.Comparison.Verdict;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;

/**
 * The distinction between a gradient that is 0 because its terms cancel and one that is hidden by rounding.
 *
 * <p>The gradient of θ is Σ δ·∂out/∂θ over all outputs of its node. If the nodes behind ignore a shift, as batch normalisation
 * ignores one of biases, the terms cancel: both sides are rounding, and no slope can be certain relative to its own size.
 * Relative to the size of the terms, Σ |δ·∂out/∂θ|, it can: a wrong or missing term would show.
 */
final class Cancellation {
    private final CheckedNetwork checked;
    private final Matrix above = new DoubleMatrix(0, 0);
    private final Matrix below = new DoubleMatrix(0, 0);

    /** Create it for the batch that the network has loaded. */
    Cancellation(CheckedNetwork checked) {
        this.checked = checked;
    }

    /** Accept entries whose sides differ by no more than their uncertainty, if that is small relative to the terms of their sum. */
    void settle(Task task) {
        if (!isSum(task.quantity) || task.verdicts().stream().noneMatch(one -> one.verdict() == Verdict.UNRESOLVED)) {
            return;
        }
        checked.forward();
        checked.backward();
        task.replace(entry -> entry.verdict() == Verdict.UNRESOLVED && cancels(task.quantity, entry)
                ? entry.with(Verdict.AGREES)
                : entry);
        checked.forward();
    }

    /** Return whether the quantity flows through a node whose output has a separate gradient. */
    private boolean isSum(Quantity quantity) {
        int last = checked.network.nodes().size() - 1;
        boolean fused = checked.objective.fused().isPresent();
        return switch (quantity.equation()) {
            case LOSS, FUSED, REGULARIZER -> false;
            default -> quantity.node() < last || (quantity.node() == last && !fused);
        };
    }

    private boolean cancels(Quantity quantity, EntryVerdict entry) {
        Comparison comparison = entry.comparison();
        return Math.abs(comparison.analytic() - comparison.numeric()) <= comparison.uncertainty()
                && comparison.uncertainty() <= SlopeCheck.RESOLUTION * terms(quantity, entry.row(), entry.column());
    }

    private double terms(Quantity quantity, int row, int column) {
        Node node = checked.network.nodes().get(quantity.node());
        Matrix x = checked.network.input(quantity.node());
        Matrix delta = checked.network.delta(quantity.node());
        double theta = quantity.theta().get(row, column);
        double h = CentralDifference.step(theta);
        above.reshape(delta.rows(), delta.columns());
        below.reshape(delta.rows(), delta.columns());
        quantity.theta().set(row, column, theta + h);
        node.forward(x, above, checked.pass);
        quantity.theta().set(row, column, theta - h);
        node.forward(x, below, checked.pass);
        quantity.theta().set(row, column, theta);
        double sum = 0;
        for (int i = 0; i < delta.rows(); i++) {
            for (int j = 0; j < delta.columns(); j++) {
                sum += Math.abs(delta.get(i, j) * (above.get(i, j) - below.get(i, j))) / (2 * h);
            }
        }
        return sum;
    }
}
