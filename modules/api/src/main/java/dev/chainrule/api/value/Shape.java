package dev.chainrule.api.value;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shape of one example: [features], [steps, features] of a sequence, or [height, width, channels] of an image; the number of
 * dimensions tells which. In a {@link dev.chainrule.math.Matrix} the example is one row, with the last axis varying fastest: channel c
 * of the pixel at row y and column x is in column (y·width + x)·channels + c.
 *
 * @param dimensions the length of each axis: one to three, each at least 1
 */
public record Shape(List<Integer> dimensions) {
    private static final List<List<Axis>> AXES = List.of(
            List.of(Axis.FEATURES),
            List.of(Axis.STEPS, Axis.FEATURES),
            List.of(Axis.HEIGHT, Axis.WIDTH, Axis.CHANNELS));

    /**
     * Check the dimensions.
     *
     * @param dimensions the length of each axis: one to three, each at least 1
     */
    public Shape {
        dimensions = List.copyOf(dimensions);
        if (dimensions.isEmpty() || dimensions.stream().anyMatch(d -> d < 1)) {
            throw new IllegalArgumentException("no shape " + dimensions + ": every dimension is at least 1");
        }
        if (dimensions.size() > AXES.size()) {
            throw new IllegalArgumentException("no shape " + dimensions + ": an example is one of " + AXES);
        }
        if (dimensions.stream().mapToLong(d -> d).reduce(1, Math::multiplyExact) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("shape " + dimensions + " has more than 2^31 - 1 elements");
        }
    }

    /**
     * {@return the shape with these dimensions}
     *
     * @param dimensions the length of each axis: one to three, each at least 1
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

    /** {@return the names of the axes, in the order of the dimensions} */
    public List<Axis> axes() {
        return AXES.get(dimensions.size() - 1);
    }

    /** {@return whether the axes are height, width and channels} */
    public boolean isImage() {
        return axes().contains(Axis.CHANNELS);
    }

    /** {@return the shape with the names of its axes, for messages: {@code [height 28, width 28, channels 1]}} */
    public String named() {
        return IntStream.range(0, dimensions.size())
                .mapToObj(i -> axes().get(i) + " " + dimensions.get(i))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    // Written by hand, here and in Target, Bounds and Value: every command compares them, and the JVM takes 50 ms to
    // create
    // the methods of a record.

    @Override
    public final boolean equals(Object other) {
        return other instanceof Shape shape && dimensions.equals(shape.dimensions);
    }

    @Override
    public final int hashCode() {
        return dimensions.hashCode();
    }

    /** Return {@code [28, 28, 1]}. */
    @Override
    public String toString() {
        return dimensions.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
