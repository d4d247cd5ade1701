package dev.chainrule.api.layer;

import dev.chainrule.api.value.Shape;

/**
 * A value of a network under construction: the network's input, or the output of a stage. Any number of later stages may read it.
 *
 * @param id its place in the order of computation; 0 is the network's input
 * @param name of the layer that computes it, by its path: {@code dense_1}, {@code residual_1.dense_2}, or {@code input}
 * @param shape of one example
 */
public record Value(int id, String name, Shape shape) {
    @Override
    public final boolean equals(Object other) {
        return other instanceof Value value && id == value.id && name.equals(value.name) && shape.equals(value.shape);
    }

    @Override
    public final int hashCode() {
        return name.hashCode();
    }

    /** {@return name and shape, as messages show them: {@code dense_1 [64]}} */
    @Override
    public String toString() {
        return name + " " + shape;
    }
}
