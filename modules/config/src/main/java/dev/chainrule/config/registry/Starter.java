package dev.chainrule.config.registry;

import dev.chainrule.config.Problems;

/** Initialises the plugin of a component when a config first uses one: until then nothing of its jar has run. */
@FunctionalInterface
public interface Starter {
    /** For components that may be used at once. */
    Starter NONE = (component, problems) -> true;

    /**
     * Initialise the plugin of a component unless that has been done.
     *
     * @param problems modified: receives what goes wrong, once for each plugin
     * @return whether the component may be used
     */
    boolean start(RegisteredComponent component, Problems problems);
}
