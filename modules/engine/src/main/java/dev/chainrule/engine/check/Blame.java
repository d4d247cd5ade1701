package dev.chainrule.engine.check;

import dev.chainrule.api.GradientReport;
import dev.chainrule.engine.Network;
import dev.chainrule.engine.check.Comparison.Verdict;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tell what is wrong itself from what is wrong because of it. Backpropagation goes from the loss to the inputs, so whatever comes
 * behind a wrong ∂C/∂z is wrong with it; what is wrong though all it is computed from is right is where the fault lies.
 */
final class Blame {
    /** As many entries as make clear which of two factors is wrong. */
    private static final int LOOKED_AT = 12;

    private final Specimen specimen;
    private final Gradients gradients;

    Blame(Specimen specimen, Gradients gradients) {
        this.specimen = specimen;
        this.gradients = gradients;
    }

    /** Return the faults, in the order in which backpropagation meets them. */
    List<GradientReport.Fault> faults(List<Finding> findings, List<Task> tasks) {
        boolean fused = specimen.objective.fused().isPresent();
        List<GradientReport.Fault> faults = new ArrayList<>();
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
                case FUSED -> !loss;
                case BP3, BP4, PARAMETERS ->
                    !explained && !regularized.contains(finding.quantity().theta());
                default -> !explained;
            };
            if (own) {
                faults.add(fault(finding, tasks));
            }
            loss |= equation == Equation.LOSS;
            explained |= equation == Equation.LOSS ? !fused : equation == Equation.FUSED || equation.flowsOn();
            if (equation == Equation.REGULARIZER) {
                regularized.add(finding.quantity().theta());
            }
        }
        return faults;
    }

    private GradientReport.Fault fault(Finding finding, List<Task> tasks) {
        Quantity quantity = finding.quantity();
        Optional<Task> task =
                tasks.stream().filter(other -> other.quantity == quantity).findFirst();
        Optional<String> pattern = task.flatMap(failed -> new Diagnosis(specimen, gradients, finding, failed).cause());
        Optional<String> factor = quantity.equation() == Equation.BP2
                ? wrongProduct(quantity.node(), task.orElseThrow())
                : Optional.empty();
        String layer = factor.orElse(quantity.layer());
        Optional<String> cause = factor.map(behind -> Optional.of("∂C/∂a of " + quantity.layer()
                        + " is wrong already, which " + behind + " computes as δ·wᵀ"
                        + pattern.map(text -> "; " + text).orElse("")))
                .orElse(pattern);
        return new GradientReport.Fault(quantity.equation().label(), layer, finding.row(), cause);
    }

    /** Return the layer behind an activation if what it hands down, ∂C/∂a, is wrong already. */
    private Optional<String> wrongProduct(int activation, Task delta) {
        int behind = activation + 1;
        if (behind >= specimen.network.nodes().size()) {
            return Optional.empty();
        }
        Network.Layer layer = specimen.layerOf(behind);
        Quantity output = specimen.input(Equation.BP2, layer.name(), layer.name() + ".x", behind);
        specimen.spoilGradients(Double.NaN);
        specimen.forward();
        specimen.backward();
        Task task = delta.of(output, specimen.analytic(output), LOOKED_AT);
        task.run(output, 0, 1, () -> false);
        return task.judged().stream().anyMatch(one -> one.verdict() == Verdict.DIFFERS)
                ? Optional.of(layer.name())
                : Optional.empty();
    }
}
