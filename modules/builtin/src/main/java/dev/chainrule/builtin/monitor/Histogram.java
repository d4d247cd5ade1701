package dev.chainrule.builtin.monitor;

import dev.chainrule.math.Matrix;
import java.util.Arrays;

/**
 * The distribution of the finite numbers of a matrix over {@value #BUCKETS} buckets of equal width from the lowest to the highest.
 *
 * <p>Source of the form: HistogramProto in TensorFlow's histogram.proto. Sums ascend by rows and columns, in float64.
 */
final class Histogram {
    private static final int BUCKETS = 30;

    private final double lowest;
    private final double highest;
    private final long count;
    private final double sum;
    private final double squares;
    private final double[] buckets = new double[BUCKETS];

    /**
     * Count.
     *
     * @param matrix any. Not modified.
     */
    Histogram(Matrix matrix) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        long finite = 0;
        double all = 0;
        double allSquares = 0;
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                double value = matrix.get(i, j);
                if (Double.isFinite(value)) {
                    finite++;
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                    all += value;
                    allSquares += value * value;
                }
            }
        }
        lowest = finite == 0 ? 0 : low;
        highest = finite == 0 ? 0 : high;
        count = finite;
        sum = all;
        squares = allSquares;
        double width = (highest - lowest) / BUCKETS;
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                double value = matrix.get(i, j);
                if (Double.isFinite(value)) {
                    buckets[width > 0 ? (int) Math.min(BUCKETS - 1, (value - lowest) / width) : BUCKETS - 1]++;
                }
            }
        }
    }

    Message message() {
        double[] limits = new double[BUCKETS];
        Arrays.setAll(limits, i -> lowest + (highest - lowest) * (i + 1) / BUCKETS);
        limits[BUCKETS - 1] = highest;
        return new Message()
                .float64(1, lowest)
                .float64(2, highest)
                .float64(3, count)
                .float64(4, sum)
                .float64(5, squares)
                .float64s(6, limits)
                .float64s(7, buckets);
    }
}
