package dev.chainrule.api;

import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Hook;
import java.util.List;

/** The declaration of a hook in YAML. */
public interface HookSpec {
    /**
     * Return the full names of the metrics, given by its parameters, that the hook looks up in {@link History}, such as
     * {@code validation.loss}. A config that does not compute one of them is rejected before training.
     *
     * @return the names; none by default
     */
    default List<String> metricsUsed() {
        return List.of();
    }

    /**
     * {@return whether the hook calls {@link Run#layers}; false by default} A config that has such a hook and {@code recompute: true} is
     * rejected before training, because that overwrites activations within a step.
     */
    default boolean readsLayers() {
        return false;
    }

    /**
     * Create the hook of one run.
     *
     * @param run the run to watch, valid until it ends
     * @return a new hook
     */
    Hook create(Run run);
}
