package dev.chainrule.app.report.page;

import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Numbers along an axis.
 *
 * @param x ascending: epochs or steps, counted from 1
 * @param y any numbers, also NaN
 */
public record Series(double[] x, double[] y) {
    public int size() {
        return x.length;
    }

    /** Return the index of the best value; -1 if there is no number. */
    public int best(boolean higherIsBetter) {
        int best = -1;
        for (int i = 0; i < y.length; i++) {
            if (!Double.isNaN(y[i]) && (best < 0 || (higherIsBetter ? y[i] > y[best] : y[i] < y[best]))) {
                best = i;
            }
        }
        return best;
    }

    /**
     * Return a series of at most so many points that looks the same: of each stretch the first, the lowest, the highest and the last
     * point. So every point that is left is a recorded one, and none that stands out is lost.
     */
    public Series thinned(int most) {
        if (size() <= most) {
            return this;
        }
        int stretches = most / 4;
        TreeSet<Integer> kept = new TreeSet<>();
        for (int i = 0; i < stretches; i++) {
            int from = (int) ((long) size() * i / stretches);
            int end = (int) ((long) size() * (i + 1) / stretches);
            int lowest = from;
            int highest = from;
            for (int k = from; k < end; k++) {
                lowest = y[k] < y[lowest] ? k : lowest;
                highest = y[k] > y[highest] ? k : highest;
            }
            kept.addAll(Arrays.asList(from, lowest, highest, end - 1));
        }
        int[] left = kept.stream().mapToInt(k -> k).toArray();
        return new Series(
                IntStream.of(left).mapToDouble(k -> x[k]).toArray(),
                IntStream.of(left).mapToDouble(k -> y[k]).toArray());
    }
}
