package dev.chainrule.api;

/** Number the contract between the host and its plugins. */
public final class Api {
    /** The level of this API. It rises when a plugin compiled against an older one could fail. */
    public static final int LEVEL = 1;

    private Api() {}
}
