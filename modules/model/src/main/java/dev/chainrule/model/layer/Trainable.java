package dev.chainrule.model.layer;

import dev.chainrule.api.error.ParameterException;
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

    /** Require that not the biases alone learn if the layer has none. */
    public void requireBiases(boolean useBias) {
        ParameterException.require(
                useBias || weights() || !biases(), "trainable", this, "true, false or weights, as use_bias is false");
    }

    /** Return the word in YAML. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
