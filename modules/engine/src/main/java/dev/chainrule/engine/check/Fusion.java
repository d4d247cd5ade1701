package dev.chainrule.engine.check;

import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Loss;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.engine.check.Comparison.Verdict;
import dev.chainrule.engine.objective.OutputCost;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The comparison of a fused loss with its output activation and loss computed separately: costs and delta, element by element.
 *
 * <p>Both compute the same numbers by different formulas. The separate way loses precision through the rounding of a, g·a
 * units in the last place, where g is ∂C/∂a; if that is most of the number, the result is left open.
 */
final class Fusion {
    /** The name of the costs, after that of the loss. */
    static final String COSTS = "costs";

    private static final double ROUNDINGS = 64 * Math.ulp(1.0);
    private static final double RESOLUTION = 1e-3;

    private final CheckedNetwork checked;
    private final OutputCost head;
    private final Loss loss;
    private final double tolerance;

    Fusion(CheckedNetwork checked, OutputCost head, double tolerance) {
        this.checked = checked;
        this.head = head;
        this.loss = head.term().loss();
        this.tolerance = tolerance;
    }

    /** Return the findings for costs and delta; nothing if the loss has no fused form. */
    List<Finding> findings() {
        return head.fused().map(this::compare).orElse(List.of());
    }

    private List<Finding> compare(Loss.Fused fused) {
        Kernels kernels = checked.kernels;
        Matrix z = head.z();
        Matrix a = head.outputs();
        Matrix y = head.targets(checked.y);
        Matrix costs = kernels.matrix(z.rows(), 1);
        Matrix delta = kernels.matrix(z.rows(), z.columns());
        costs.fill(Double.NaN); // so that adding to the previous values, or omitting some, shows as well
        delta.fill(Double.NaN);
        fused.costs(z, a, y, costs, kernels);
        fused.delta(z, a, y, delta, kernels);
        Matrix longCosts = kernels.matrix(z.rows(), 1);
        Matrix g = kernels.matrix(z.rows(), z.columns());
        Matrix longDelta = kernels.matrix(z.rows(), z.columns());
        loss.costs(a, y, longCosts, kernels);
        loss.gradient(a, y, g, kernels);
        ((ActivationNode) checked.topology.stage(head.value())).activation().backward(z, a, g, longDelta, kernels);
        List<EntryVerdict> ofCosts = new ArrayList<>();
        List<EntryVerdict> ofDelta = new ArrayList<>();
        for (int i = 0; i < z.rows(); i++) {
            boolean cut = isCut(a, y, i);
            double largest = 0;
            double slope = 0;
            for (int j = 0; j < z.columns(); j++) {
                largest = Math.max(largest, Math.abs(z.get(i, j)));
                slope = Math.max(slope, Math.abs(g.get(i, j) * a.get(i, j)));
            }
            double lost = ROUNDINGS * (1 + largest + slope * z.rows());
            ofCosts.add(judge(i, 0, costs.get(i, 0), longCosts.get(i, 0), lost, cut));
            for (int j = 0; j < z.columns(); j++) {
                double lostOfDelta = ROUNDINGS * (slope + Math.abs(longDelta.get(i, j)) + 1.0 / z.rows());
                ofDelta.add(judge(i, j, delta.get(i, j), longDelta.get(i, j), lostOfDelta, cut));
            }
        }
        return List.of(finding(COSTS, costs, ofCosts), finding("delta", delta, ofDelta));
    }

    private Finding finding(String what, Matrix matrix, List<EntryVerdict> verdicts) {
        String name = CheckedNetwork.nameOf(head);
        Quantity quantity = new Quantity(
                Equation.FUSED,
                name,
                name + "." + what,
                head.value(),
                Optional.empty(),
                matrix,
                (theta, branches) -> 0);
        return new Finding(quantity, matrix.size(), verdicts, 0);
    }

    /** Return whether the loss clips a value in an example, so that the separate way computes something else. */
    private boolean isCut(Matrix a, Matrix y, int row) {
        Branches branches = new Branches();
        loss.branches(row(a, row), row(y, row), branches);
        return !branches.differentiable();
    }

    private Matrix row(Matrix matrix, int row) {
        Matrix alone = checked.kernels.matrix(1, matrix.columns());
        for (int j = 0; j < matrix.columns(); j++) {
            alone.set(0, j, matrix.get(row, j));
        }
        return alone;
    }

    private EntryVerdict judge(int row, int column, double fused, double apart, double lost, boolean cut) {
        double gap = fused == apart ? 0 : Math.abs(fused - apart); // which is NaN for equal infinities
        double size = Math.abs(fused) + Math.abs(apart);
        boolean agrees = gap <= Math.max(tolerance * size, lost);
        boolean certain = lost <= Math.max(RESOLUTION * size, tolerance);
        Verdict verdict = cut || Double.isNaN(apart)
                ? Verdict.AT_KINK
                : !agrees ? Verdict.DIFFERS : certain ? Verdict.AGREES : Verdict.UNRESOLVED;
        double error = gap == 0 ? 0 : gap / Math.max(size, lost / tolerance);
        return new EntryVerdict(row, column, new Comparison(verdict, fused, apart, lost, 0, error));
    }
}
