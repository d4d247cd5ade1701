package dev.chainrule.config.registry;

import dev.chainrule.config.Problems;

/** The initialisation of a component's plugin when a config first uses it: no code of its jar runs before. */
@FunctionalInterface
public interface Starter {
    /** A starter for components that may be used at once. */
    Starter NONE = (component, problems) -> true;

    /**
     * Initialise the plugin of a component unless that is done already.
     *
     * @param problems modified: receives the problems, once for each plugin
     * @return whether the component may be used
     */
    boolean start(RegisteredComponent component, Problems problems);
}
