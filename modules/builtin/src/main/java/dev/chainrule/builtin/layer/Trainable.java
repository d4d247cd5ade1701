package dev.chainrule.builtin.layer;

import dev.chainrule.api.Parsed;

/** Say which parameters of a layer learn: {@code true}, {@code false}, {@code weights} or {@code biases}. */
@Parsed("true, false, weights or biases")
public record Trainable(boolean weights, boolean biases) {
    /**
     * Read {@code true}, {@code false}, {@code weights}, {@code biases}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Trainable parse(String text) {
        return switch (text) {
            case "true" -> new Trainable(true, true);
            case "false" -> new Trainable(false, false);
            case "weights" -> new Trainable(true, false);
            case "biases" -> new Trainable(false, true);
            default -> throw new IllegalArgumentException("'" + text + "' is not true, false, weights or biases");
        };
    }

    /** Return the text that {@link #parse} reads. */
    @Override
    public String toString() {
        if (weights == biases) {
            return String.valueOf(weights);
        }
        return weights ? "weights" : "biases";
    }
}
