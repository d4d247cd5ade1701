package dev.chainrule.config.compose;

/** Say how a config is put together, for everything that reads or describes one. */
public final class Composition {
    /** The key that names a config's bases. */
    public static final String EXTENDS = "extends";

    /** What {@link #EXTENDS} does. */
    public static final String EXTENDS_DOC =
            "Configs that this one builds on, relative to this file: one, or a list. Mappings are merged, lists replaced, null "
                    + "removes.";

    /** Begins what stands for a value from elsewhere. */
    public static final String OPEN = "${";

    /** Ends it. */
    public static final String CLOSE = "}";

    private Composition() {}
}
