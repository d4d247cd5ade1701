package dev.chainrule.model.picture;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The weights of a network's first layer as pictures, a unit or filter each: grey is 0, white the weight that is farthest from 0 if it
 * is positive, black if it is negative.
 *
 * @param layer its name
 * @param units or filters that it has
 * @param shape of each picture: [height, width, channels]
 * @param files PNG, of the first units
 */
public record WeightPictures(String layer, int units, Shape shape, List<byte[]> files) {
    private static final int MOST = 24;
    private static final double GREY = 127.5;
    private static final String WEIGHTS = ".weights";

    /**
     * Return the pictures; empty if the input is not a picture, or if the first layer does not look at pixels.
     *
     * @param parameters of the network. Not modified.
     * @param input the shape of an example
     */
    public static Optional<WeightPictures> of(List<Parameter> parameters, Shape input) {
        Optional<Parameter> first = parameters.stream().findFirst();
        if (!input.isImage() || first.isEmpty() || !first.get().name().endsWith(WEIGHTS)) {
            return Optional.empty();
        }
        Matrix weights = first.get().value();
        return shape(weights.rows(), input).map(shape -> {
            List<byte[]> files = new ArrayList<>();
            for (int j = 0; j < Math.min(MOST, weights.columns()); j++) {
                files.add(ExamplePicture.png(grey(weights, j), shape));
            }
            return new WeightPictures(first.get().name().replace(WEIGHTS, ""), weights.columns(), shape, files);
        });
    }

    /** Return the shape of a picture of so many weights: the whole input, or the square window of a filter. */
    private static Optional<Shape> shape(int rows, Shape input) {
        if (rows == input.size()) {
            return Optional.of(input);
        }
        int channels = input.dimensions().get(2);
        int side = (int) Math.sqrt((double) rows / channels);
        return side > 1 && side * side * channels == rows
                ? Optional.of(Shape.of(side, side, channels))
                : Optional.empty();
    }

    private static Matrix grey(Matrix weights, int unit) {
        double greatest = Double.MIN_NORMAL;
        for (int i = 0; i < weights.rows(); i++) {
            greatest = Math.max(greatest, Math.abs(weights.get(i, unit)));
        }
        Matrix grey = new DoubleMatrix(1, weights.rows());
        for (int i = 0; i < weights.rows(); i++) {
            grey.set(0, i, GREY + GREY * weights.get(i, unit) / greatest);
        }
        return grey;
    }
}
