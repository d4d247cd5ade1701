package dev.chainrule.model.transform;

import dev.chainrule.api.data.Transform;
import java.util.Arrays;

/** The numbers of inputs in all training examples, in ascending order. */
final class AscendingNumbers {
    /** The most numbers sorted at a time: 32 MiB of them. */
    private static final int MOST_SORTED = 1 << 22;

    private AscendingNumbers() {}

    /** The consumer of the numbers of one input. */
    @FunctionalInterface
    interface Consumer {
        /**
         * Take the numbers of an input.
         *
         * @param place of the input in the list given
         * @param ascending the numbers without NaN, then anything. Reused.
         * @param count of the numbers
         */
        void accept(int place, double[] ascending, int count);
    }

    /** Read the examples as often as their number requires, and pass each input's numbers to a consumer. */
    static void of(Transform.Examples training, int[] inputs, Consumer consumer) {
        int atOnce = Math.max(1, MOST_SORTED / Math.max(1, training.size()));
        for (int first = 0; first < inputs.length; first += atOnce) {
            int[] some = Arrays.copyOfRange(inputs, first, Math.min(first + atOnce, inputs.length));
            double[][] held = new double[some.length][training.size()];
            int[] counts = new int[some.length];
            training.forEachInput(x -> {
                for (int j = 0; j < some.length; j++) {
                    double value = x[some[j]];
                    if (!Double.isNaN(value)) {
                        held[j][counts[j]++] = value;
                    }
                }
            });
            for (int j = 0; j < some.length; j++) {
                Arrays.sort(held[j], 0, counts[j]);
                consumer.accept(first + j, held[j], counts[j]);
            }
        }
    }

    /**
     * Return a quantile: of n numbers, the one at place (n − 1)·share, between two numbers by linear interpolation.
     *
     * @param share from 0 to 1
     */
    static double quantile(double[] ascending, int count, double share) {
        double place = (count - 1) * share;
        int below = (int) place;
        double low = ascending[below];
        double high = ascending[Math.min(below + 1, count - 1)];
        double part = place - below;
        double step = high - low;
        return Double.isInfinite(step) ? low * (1 - part) + high * part : low + step * part;
    }
}
