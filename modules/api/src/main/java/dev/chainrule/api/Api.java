package dev.chainrule.api;

/** Number the contract between the host and its plugins. */
public final class Api {
    /**
     * The level of this API: one more whenever a plugin that was compiled against the level before could fail.
     *
     * <p>That is so when a public signature of this package or of {@code dev.chainrule.math} goes or changes, when a type that
     * plugins implement gets a method without a default, and when a method promises something else than before. It is not so
     * when a type, or a method with a default, is added. {@code signatures.txt}, which a test compares with the code, shows all
     * but the last kind.
     */
    public static final int LEVEL = 1;

    private Api() {}
}
