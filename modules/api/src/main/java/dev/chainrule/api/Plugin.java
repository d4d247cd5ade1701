package dev.chainrule.api;

import java.util.List;

/**
 * The entry point of a plugin jar, with the list of its components. The jar names one implementation, with a public
 * constructor without parameters, in {@code META-INF/services/dev.chainrule.api.Plugin}.
 */
public interface Plugin {
    /**
     * {@return {@link Api#LEVEL}: always that constant, which the compiler inlines, so that a jar contains the level it was
     * compiled against}
     */
    int apiLevel();

    /** {@return the records of this plugin, each with {@link Component} and one extension point of {@link Kind}} */
    List<Class<? extends Record>> components();
}
