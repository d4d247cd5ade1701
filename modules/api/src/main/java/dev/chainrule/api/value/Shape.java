package dev.chainrule.api.value;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of one example: [features], or [channels, height, width]. In a {@link dev.chainrule.math.Matrix} the example is
 * one row, with the last dimension varying fastest.
 *
 * @param dimensions each at least 1
 */
public record Shape(List<Integer> dimensions) {
    /**
     * Check the dimensions.
     *
     * @param dimensions each at least 1
     */
    public Shape {
        dimensions = List.copyOf(dimensions);
        if (dimensions.isEmpty() || dimensions.stream().anyMatch(d -> d < 1)) {
            throw new IllegalArgumentException("no shape " + dimensions + ": every dimension is at least 1");
        }
        if (dimensions.stream().mapToLong(d -> d).reduce(1, Math::multiplyExact) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("shape " + dimensions + " has more than 2^31 - 1 elements");
        }
    }

    /**
     * {@return the shape with these dimensions}
     *
     * @param dimensions each at least 1
     */
    public static Shape of(int... dimensions) {
        return new Shape(Arrays.stream(dimensions).boxed().toList());
    }

    /** {@return the number of elements: the columns of a matrix of such examples} */
    public int size() {
        int size = 1;
        for (int i = 0; i < dimensions.size(); i++) { // called in every step: neither iterator nor stream
            size *= dimensions.get(i);
        }
        return size;
    }

    // Written by hand, here and in Target: every command compares them, and the JVM takes 50 ms to create the methods
    // of a record.

    @Override
    public final boolean equals(Object other) {
        return other instanceof Shape shape && dimensions.equals(shape.dimensions);
    }

    @Override
    public final int hashCode() {
        return dimensions.hashCode();
    }

    /** Return {@code [1, 28, 28]}. */
    @Override
    public String toString() {
        return dimensions.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
