package dev.chainrule.bench.peer;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.math.FloatMatrix;
import java.util.Random;

/**
 * The examples of a round in the form used by peers.
 *
 * @param pixels [count, 784] by rows, 0 … 1
 * @param labels 0 … 9
 */
public record Examples(float[] pixels, int[] labels) {
    /** The pixels of an image. */
    public static final int PIXELS = 784;
    /** The classes of images. */
    public static final int CLASSES = 10;

    private static final float WHITE = 255;

    /** Read all training examples. */
    public static Examples of(Datasets datasets) {
        DataSource source = datasets.train().source();
        float[] pixels = new float[source.size() * PIXELS];
        int[] labels = new int[source.size()];
        FloatMatrix x = new FloatMatrix(1, PIXELS);
        FloatMatrix y = new FloatMatrix(1, 1);
        for (int i = 0; i < labels.length; i++) {
            source.readInput(i, x, 0);
            source.readTarget(i, y, 0);
            for (int j = 0; j < PIXELS; j++) {
                pixels[i * PIXELS + j] = (float) x.get(0, j) / WHITE;
            }
            labels[i] = (int) y.get(0, 0);
        }
        return new Examples(pixels, labels);
    }

    /** Return the number of examples. */
    public int size() {
        return labels.length;
    }

    /** Return the labels as rows of 0 and 1. */
    public float[] oneHot() {
        float[] rows = new float[labels.length * CLASSES];
        for (int i = 0; i < labels.length; i++) {
            rows[i * CLASSES + labels[i]] = 1;
        }
        return rows;
    }

    /** Return a new order of the examples; every run uses the same sequence of orders. */
    public int[] order(Random random) {
        int[] order = new int[labels.length];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
