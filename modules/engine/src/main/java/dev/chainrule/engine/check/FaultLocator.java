package dev.chainrule.engine.check;

import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.engine.check.Comparison.Verdict;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.Layer;
import java.util.ArrayList;
import java.util.BitSet;
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
        List<GradientReport.Fault> faults = new ArrayList<>();
        BitSet losses = new BitSet();
        List<Quantity> wrong = new ArrayList<>();
        List<Matrix> regularized = new ArrayList<>();
        for (Finding finding : findings) {
            Quantity quantity = finding.quantity();
            Equation equation = quantity.equation();
            if (!finding.failed()) {
                continue;
            }
            int value = quantity.value();
            boolean explained = wrong.stream().anyMatch(behind -> explains(behind, quantity));
            boolean own = switch (equation) {
                case LOSS, REGULARIZER -> true;
                case FUSED -> !losses.get(value) && (!isWrongOutput(findings, value) || wholeCosts(findings, value));
                case BP3, BP4, PARAMETERS -> !explained && !regularized.contains(quantity.theta());
                default -> !explained;
            };
            if (own) {
                faults.add(fault(finding, tasks));
            }
            boolean flowsOn = switch (equation) {
                case LOSS -> !checked.objective.isFused(value);
                case FUSED -> wholeCosts(findings, value);
                default -> equation.flowsOn();
            };
            if (equation == Equation.LOSS) {
                losses.set(value);
            }
            if (flowsOn) {
                wrong.add(quantity);
            }
            if (equation == Equation.REGULARIZER) {
                regularized.add(quantity.theta());
            }
        }
        return faults;
    }

    /**
     * Return whether a wrong gradient makes another one wrong: if the value that it is the gradient of depends on the value whose
     * gradient the other one is computed from, or if it is that of the layer's own input.
     */
    private boolean explains(Quantity wrong, Quantity other) {
        int value = wrong.use().map(Use::source).orElse(wrong.value());
        BitSet before = new BitSet();
        before.set(value);
        for (int v = value; v > 0; v--) {
            for (int k = 0; before.get(v) && k < checked.topology.inputs(v); k++) {
                before.set(checked.topology.input(v, k));
            }
        }
        return before.get(other.value()) || (isParameter(other) && wrong.layer().equals(other.layer()));
    }

    private static boolean isParameter(Quantity quantity) {
        return quantity.use().isEmpty() && quantity.equation() != Equation.SUM;
    }

    /** Return whether ∂C/∂z of an output is wrong. */
    private static boolean isWrongOutput(List<Finding> findings, int value) {
        return findings.stream()
                .anyMatch(finding -> finding.failed()
                        && finding.quantity().equation() == Equation.BP1
                        && finding.quantity().value() == value);
    }

    /**
     * Return whether the costs of an output's fused loss are wrong and delta is right: then no slope of the cost can be
     * trusted.
     */
    private static boolean wholeCosts(List<Finding> findings, int value) {
        List<Finding> failed = findings.stream()
                .filter(finding -> finding.failed()
                        && finding.quantity().equation() == Equation.FUSED
                        && finding.quantity().value() == value)
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

    /** Check the quantities that layers with z behind a quantity hand down, and return the first that is already wrong. */
    private Optional<Task> wrongProduct(Task task) {
        Quantity quantity = task.quantity;
        int output = switch (quantity.equation()) {
            case BP2, SUM -> quantity.value();
            case INPUTS -> checked.network.layerOf(quantity.value()).output().id();
            default -> checked.topology.last(); // nothing uses it
        };
        checked.spoilGradients(Double.NaN);
        checked.forward();
        checked.backward();
        for (Use use : checked.uses(output)) {
            if (checked.topology.stage(use.value()) instanceof ActivationNode) {
                continue; // an activation's output gradient has been checked
            }
            Layer layer = checked.network.layerOf(use.value());
            Quantity product = Quantities.of(checked, Equation.BP2, layer, "x", use);
            Task look = task.on(product, checked.analytic(product), LOOKED_AT);
            look.run(product, 0, 1, () -> false);
            if (look.verdicts().stream().anyMatch(one -> one.verdict() == Verdict.DIFFERS)) {
                return Optional.of(look);
            }
        }
        return Optional.empty();
    }
}
