package dev.chainrule.config.compose;

/** The syntax of composed configs, for all code that reads or describes one. */
public final class Composition {
    /** The key of a config's bases. */
    public static final String EXTENDS = "extends";

    /** The description of {@link #EXTENDS}. */
    public static final String EXTENDS_DOC =
            "Configs that this one builds on, relative to this file: one, or a list. Mappings are merged, lists replaced, null "
                    + "removes.";

    /** The key of values for parameters that layers do not give. */
    public static final String DEFAULTS = "defaults";

    /** The description of {@link #DEFAULTS}. */
    public static final String DEFAULTS_DOC =
            "Parameters for all layers of a kind, nested ones included, unless a layer gives its own value.";

    /** The start of a reference. */
    public static final String OPEN = "${";

    /** The end of a reference. */
    public static final String CLOSE = "}";

    private Composition() {}
}
