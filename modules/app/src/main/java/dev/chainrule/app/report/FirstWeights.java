package dev.chainrule.app.report;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.value.Shape;
import dev.chainrule.app.report.page.Markup;
import dev.chainrule.app.report.page.Picture;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.Network;
import java.util.Optional;

/** The weights of the first layer as pictures, a unit or filter each, if the inputs are pictures. */
final class FirstWeights {
    private static final int MOST_PICTURES = 24;
    private static final double GREY = 127.5;
    private static final String WEIGHTS = ".weights";

    private FirstWeights() {}

    static void draw(Network network, Shape input, Markup page) {
        Optional<Parameter> first = network.parameters().stream().findFirst();
        if (!input.isImage() || first.isEmpty() || !first.get().name().endsWith(WEIGHTS)) {
            return;
        }
        Matrix weights = first.get().value();
        Optional<Shape> shape = shape(weights.rows(), input);
        if (shape.isEmpty()) {
            return;
        }
        int shown = Math.min(MOST_PICTURES, weights.columns());
        page.element("h3", "Weights of " + first.get().name().replace(WEIGHTS, ""));
        page.element(
                "p",
                "Each picture shows the weights of a unit or filter: grey is 0, white the largest weight of the picture, "
                        + "black as far below 0."
                        + (shown < weights.columns()
                                ? " The first " + shown + " of " + AnswerSection.count(weights.columns()) + "."
                                : ""),
                "class",
                "note");
        page.open("ul", "class", "pictures weights");
        for (int j = 0; j < shown; j++) {
            page.open("li")
                    .empty(
                            "img",
                            "src",
                            Picture.address(picture(weights, j), shape.get()),
                            "alt",
                            "Weights " + (j + 1));
            page.close("li");
        }
        page.close("ul");
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

    private static Matrix picture(Matrix weights, int unit) {
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
