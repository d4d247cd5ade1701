package dev.chainrule.engine.check;

import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.engine.check.Comparison.Verdict;
import dev.chainrule.engine.network.Network;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The places of faults, apart from the errors that follow from them. Backpropagation goes from the loss to the inputs, so
 * everything computed from a wrong ∂C/∂z is wrong too; the fault lies in a quantity that is wrong although all its inputs are
 * right.
 */
final class FaultLocator {
    /** The number of entries that shows which of two factors is wrong. */
    private static final int LOOKED_AT = 12;

    private final CheckedNetwork checked;
    private final Gradients gradients;

    FaultLocator(CheckedNetwork checked, Gradients gradients) {
        this.checked = checked;
        this.gradients = gradients;
    }

    /** Return the faults, in the order in which backpropagation meets them. */
    List<GradientReport.Fault> faults(List<Finding> findings, List<Task> tasks) {
        boolean fused = checked.objective.fused().isPresent();
        boolean output = findings.stream()
                .anyMatch(finding -> finding.failed() && finding.quantity().equation() == Equation.BP1);
        List<GradientReport.Fault> faults = new ArrayList<>();
        boolean wholeCosts = wholeCosts(findings);
        boolean explained = false;
        boolean loss = false;
        List<Matrix> regularized = new ArrayList<>();
        for (Finding finding : findings) {
            Equation equation = finding.quantity().equation();
            if (!finding.failed()) {
                continue;
            }
            boolean own = switch (equation) {
                case LOSS, REGULARIZER -> true;
                case FUSED -> !loss && (!output || wholeCosts);
                case BP3, BP4, PARAMETERS ->
                    !explained && !regularized.contains(finding.quantity().theta());
                default -> !explained;
            };
            if (own) {
                faults.add(fault(finding, tasks));
            }
            loss |= equation == Equation.LOSS;
            explained |= equation == Equation.LOSS
                    ? !fused
                    : equation.flowsOn() || (equation == Equation.FUSED && wholeCosts);
            if (equation == Equation.REGULARIZER) {
                regularized.add(finding.quantity().theta());
            }
        }
        return faults;
    }

    /** Return whether the costs of the fused loss are wrong and delta is right: then no slope of the cost can be trusted. */
    private static boolean wholeCosts(List<Finding> findings) {
        List<Finding> failed = findings.stream()
                .filter(finding -> finding.failed() && finding.quantity().equation() == Equation.FUSED)
                .toList();
        return failed.size() == 1 && failed.get(0).quantity().name().endsWith(Fusion.COSTS);
    }

    private GradientReport.Fault fault(Finding finding, List<Task> tasks) {
        Quantity quantity = finding.quantity();
        Optional<Task> task =
                tasks.stream().filter(other -> other.quantity == quantity).findFirst();
        Optional<String> pattern = diagnose(finding, task);
        Optional<Task> product = task.flatMap(this::wrongProduct);
        if (product.isEmpty()) {
            return new GradientReport.Fault(quantity.equation().label(), quantity.layer(), finding.row(), pattern);
        }
        Task look = product.get();
        String behind = look.quantity.layer();
        Optional<String> of = diagnose(new Finding(look.quantity, 0, look.verdicts(), 0), product);
        String cause = "∂C/∂a of " + quantity.layer() + " is wrong already, which " + behind + " computes as δ·wᵀ"
                + of.or(() -> pattern).map(text -> "; " + text).orElse("");
        return new GradientReport.Fault(Equation.BP2.label(), behind, finding.row(), Optional.of(cause));
    }

    private Optional<String> diagnose(Finding finding, Optional<Task> task) {
        return new Diagnosis(checked, gradients, finding, task).cause();
    }

    /** Check the quantity that the layer with z behind a quantity hands down, and return it if it is already wrong. */
    private Optional<Task> wrongProduct(Task task) {
        Equation equation = task.quantity.equation();
        if (equation != Equation.BP2 && equation != Equation.INPUTS) {
            return Optional.empty();
        }
        int node = task.quantity.node();
        Network.Layer own = checked.layerOf(node);
        int behind = equation == Equation.BP2
                ? node + 1
                : checked.firstNode(own) + own.nodes().size();
        if (behind >= checked.network.nodes().size() || checked.network.nodes().get(behind) instanceof ActivationNode) {
            return Optional.empty(); // an activation's output gradient has been checked
        }
        Network.Layer layer = checked.layerOf(behind);
        Quantity output = checked.input(Equation.BP2, layer.name(), layer.name() + ".x", behind);
        checked.spoilGradients(Double.NaN);
        checked.forward();
        checked.backward();
        Task look = task.on(output, checked.analytic(output), LOOKED_AT);
        look.run(output, 0, 1, () -> false);
        return look.verdicts().stream().anyMatch(one -> one.verdict() == Verdict.DIFFERS)
                ? Optional.of(look)
                : Optional.empty();
    }
}
