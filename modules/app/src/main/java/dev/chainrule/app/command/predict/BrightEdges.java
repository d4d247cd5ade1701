package dev.chainrule.app.command.predict;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.util.Locale;
import java.util.Optional;

/** The hint that grey pictures may be inverted: their edges are bright, whereas images such as MNIST's are bright on black. */
final class BrightEdges {
    private static final int WHITE = 255;

    private BrightEdges() {}

    /**
     * Return the hint if some pictures have bright edges.
     *
     * @param pictures grey, [height, width, 1], levels from 0 to 255
     * @param name of a single picture
     */
    static Optional<String> of(DataSource pictures, String name) {
        Matrix x = new DoubleMatrix(1, pictures.encoding().shape().size());
        int bright = 0;
        String first = "";
        for (int i = 0; i < pictures.size(); i++) {
            pictures.readInput(i, x, 0);
            double edge = edge(x, pictures.encoding().shape());
            if (edge > WHITE / 2.0 && bright++ == 0) {
                String picture = pictures.location(i)
                        .map(path -> path.substring(path.lastIndexOf('/') + 1))
                        .orElse(name);
                first = String.format(
                        Locale.ROOT, "%s: its edge is bright, %.0f of %d on average", picture, edge, WHITE);
            }
        }
        return bright == 0
                ? Optional.empty()
                : Optional.of(first
                        + "; if the training images are bright on black, as MNIST's are, use --invert, or --fit drawing for ink on paper"
                        + (bright == 1 ? "" : "; and " + (bright - 1) + " more"));
    }

    /** Return the mean level of the outermost pixels. */
    private static double edge(Matrix x, Shape shape) {
        int height = shape.dimensions().get(0);
        int width = shape.dimensions().get(1);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < height * width; i++) {
            int row = i / width;
            int column = i % width;
            if (row == 0 || row == height - 1 || column == 0 || column == width - 1) {
                sum += x.get(0, i);
                count++;
            }
        }
        return sum / count;
    }
}
