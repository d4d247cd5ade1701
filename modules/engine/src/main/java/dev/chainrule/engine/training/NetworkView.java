package dev.chainrule.engine.training;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.Run.LayerState;
import dev.chainrule.api.error.RunException;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.objective.LayerStates;
import dev.chainrule.engine.objective.Objective;
import dev.chainrule.engine.training.step.ParameterAverages;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.Network;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/** The network as hooks see it. */
final class NetworkView {
    private final Network network;
    private final Objective objective;
    private final Hooks hooks;
    private final GradientChecks checks;
    private final ParameterAverages averages;

    @Inject
    NetworkView(Network network, Objective objective, Hooks hooks, GradientChecks checks, ParameterAverages averages) {
        this.network = network;
        this.objective = objective;
        this.hooks = hooks;
        this.checks = checks;
        this.averages = averages;
    }

    Shape input() {
        return network.input();
    }

    List<Parameter> parameters() {
        return network.parameters();
    }

    SortedMap<String, Matrix> tensors() {
        return Collections.unmodifiableSortedMap(averages.model());
    }

    List<LayerState> layers() {
        if (!hooks.areToldOf(Hooks.Event.STEP_END)) {
            throw new IllegalStateException("layers can only be inspected in onStepEnd");
        }
        if (!network.keepsValues()) {
            throw new RunException("a hook reads the activations of a step, which recompute and rows_at_once overwrite."
                    + " Remove the hook, or these keys of training.");
        }
        return new LayerStates(network, objective).all();
    }

    GradientReport checkGradients(GradientReport.Options options) {
        return checks.check(options);
    }
}
