package dev.chainrule.engine.assembly;

import dev.chainrule.api.HookSpec;
import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.experiment.ConfigErrors;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.model.network.Layer;
import dev.chainrule.model.network.Network;
import java.util.List;
import java.util.Optional;

/** The check of the settings that save memory, {@code recompute} and {@code rows_at_once}, against layers and hooks. */
final class PartsCheck {
    private final Experiment experiment;

    PartsCheck(Experiment experiment) {
        this.experiment = experiment;
    }

    /**
     * Add the mistakes.
     *
     * @param network empty if the layers have mistakes of their own
     */
    void check(Optional<Network> network, ConfigErrors errors) {
        Optional<Integer> rows = experiment.training().rowsAtOnce();
        if (rows.isPresent() && network.isPresent()) {
            network.get()
                    .needsWholeBatch()
                    .ifPresent(layer -> errors.add(wholeBatch(layer, rows.get()).atConfig("training.rows_at_once")));
        }
        if (experiment.training().recompute()) {
            checkHooks("which recompute: true overwrites", "training.recompute", errors);
        } else if (rows.isPresent()) {
            checkHooks("of which rows_at_once keeps one part", "training.rows_at_once", errors);
        }
    }

    private static InputException wholeBatch(Layer layer, int rows) {
        boolean mixes =
                !layer.buffers().isEmpty() || layer.stages().stream().anyMatch(stage -> stage.usesBatchStatistics());
        return new InputException(
                "rows_at_once is " + rows + ", but " + layer.name()
                        + (mixes
                                ? " needs the whole batch at once"
                                : " does not compute the gradients of its parameters in parts"),
                "Remove rows_at_once, or the layer" + (mixes ? "; group_norm and layer_norm need no batch." : "."));
    }

    private void checkHooks(String overwritten, String key, ConfigErrors errors) {
        List<HookSpec> hooks = experiment.hooks();
        for (int i = 0; i < hooks.size(); i++) {
            if (hooks.get(i).readsLayers()) {
                errors.add(new InputException(
                                Network.kind(hooks.get(i)) + " reads the activations of a step, " + overwritten,
                                "Remove the hook, or " + key + ".")
                        .atConfig("hooks[" + i + "]"));
            }
        }
    }
}
