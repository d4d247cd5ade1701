package dev.chainrule.model.layer;

import java.util.Locale;

/** The parameters of a layer that learn. */
public enum Trainable {
    /** Both learn. */
    TRUE,
    /** Neither learns. */
    FALSE,
    /** Only the weights learn. */
    WEIGHTS,
    /** Only the biases learn. */
    BIASES;

    /** Return whether weights learn. */
    public boolean weights() {
        return this == TRUE || this == WEIGHTS;
    }

    /** Return whether biases learn. */
    public boolean biases() {
        return this == TRUE || this == BIASES;
    }

    /** Return the word in YAML. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
