package dev.chainrule.engine.assembly;

import dev.chainrule.api.data.Target;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import java.util.Optional;

/** The least and the greatest number of the targets. */
public record TargetRange(double least, double greatest) {
    private static final int ROWS = 256;

    /**
     * Return the range of all targets of a dataset after transforms; empty if they are classes.
     *
     * @param head the number of the output that learns them
     */
    public static Optional<TargetRange> of(int head, Dataset dataset, Pipeline pipeline) {
        if (pipeline.target(head).form() != Target.Form.VALUES) {
            return Optional.empty();
        }
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        int[] order = dataset.inOrder();
        for (int from = 0; from < order.length; from += ROWS) {
            Matrix y = pipeline.targets(head, dataset, order, from, Math.min(ROWS, order.length - from));
            for (int i = 0; i < y.rows(); i++) {
                for (int j = 0; j < y.columns(); j++) {
                    least = Math.min(least, y.get(i, j));
                    greatest = Math.max(greatest, y.get(i, j));
                }
            }
        }
        return Optional.of(new TargetRange(least, greatest));
    }

    /** Return the range in words: {@code numbers from -3.2 to 12}. */
    @Override
    public String toString() {
        return least == greatest
                ? "all " + Numbers.format(least)
                : "numbers from " + Numbers.format(least) + " to " + Numbers.format(greatest);
    }
}
