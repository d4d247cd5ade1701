package dev.chainrule.api;

import java.util.List;

/**
 * Name the components that a jar brings. A jar names one implementation, with a public constructor without parameters, in
 * {@code META-INF/services/dev.chainrule.api.Plugin}.
 */
public interface Plugin {
    /**
     * {@return {@link Api#LEVEL}: always that constant, which the compiler copies, so that a jar carries the level it was
     * compiled against}
     */
    int apiLevel();

    /** {@return the records this plugin brings, each with {@link Component} and one extension point of {@link Kind}} */
    List<Class<? extends Record>> components();
}
