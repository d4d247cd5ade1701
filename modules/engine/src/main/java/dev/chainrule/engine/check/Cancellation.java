package dev.chainrule.engine.check;

import dev.chainrule.engine.check.Comparison.Verdict;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;

/**
 * The distinction between a gradient that is 0 because its terms cancel and one that is hidden by rounding.
 *
 * <p>The gradient of θ is Σ δ·∂out/∂θ over all outputs of its stage. If the stages behind ignore a shift, as batch normalisation
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

    /** Return whether the quantity flows through stages whose outputs have separate gradients. */
    private boolean isSum(Quantity quantity) {
        return switch (quantity.equation()) {
            case LOSS, FUSED, REGULARIZER -> false;
            default -> !checked.objective.isFused(quantity.value());
        };
    }

    private boolean cancels(Quantity quantity, EntryVerdict entry) {
        Comparison comparison = entry.comparison();
        return Math.abs(comparison.analytic() - comparison.numeric()) <= comparison.uncertainty()
                && comparison.uncertainty() <= SlopeCheck.RESOLUTION * terms(quantity, entry.row(), entry.column());
    }

    private double terms(Quantity quantity, int row, int column) {
        if (quantity.equation() != Equation.SUM) {
            return terms(quantity, row, column, quantity.value());
        }
        double sum = 0;
        for (int v = quantity.value() + 1; v < checked.topology.size(); v++) {
            sum += checked.graph.read(v).contains(quantity.theta()) ? terms(quantity, row, column, v) : 0;
        }
        return sum;
    }

    /** Return the terms of the gradient that come through the stage of a value. */
    private double terms(Quantity quantity, int row, int column, int v) {
        Matrix delta = checked.graph.delta(v);
        double theta = quantity.theta().get(row, column);
        double h = CentralDifference.step(theta);
        above.reshape(delta.rows(), delta.columns());
        below.reshape(delta.rows(), delta.columns());
        quantity.theta().set(row, column, theta + h);
        compute(quantity, v, above);
        quantity.theta().set(row, column, theta - h);
        compute(quantity, v, below);
        quantity.theta().set(row, column, theta);
        double sum = 0;
        for (int i = 0; i < delta.rows(); i++) {
            for (int j = 0; j < delta.columns(); j++) {
                sum += Math.abs(delta.get(i, j) * (above.get(i, j) - below.get(i, j))) / (2 * h);
            }
        }
        return sum;
    }

    private void compute(Quantity quantity, int v, Matrix out) {
        quantity.use()
                .ifPresentOrElse(
                        use -> use.forward(out, checked.pass), () -> checked.graph.compute(v, out, checked.pass));
    }
}
