package dev.chainrule.bench.measure;

import java.util.Arrays;
import java.util.Locale;

/** The summary of a repeated measurement: the median and the range. */
public record Statistics(double median, double least, double most) {
    /** Summarise values. */
    public static Statistics of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Statistics(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** Return these statistics in another unit. */
    public Statistics times(double factor) {
        return new Statistics(median * factor, least * factor, most * factor);
    }

    /** Return these statistics with another value in the middle. */
    public Statistics around(double value) {
        return new Statistics(value, least, most);
    }

    /** Return how many times the least value the greatest is. */
    public double spread() {
        return most / least;
    }

    /** Return {@code 3.1 (2.9–3.4)}. */
    public String shown(String format) {
        return String.format(Locale.ROOT, format + " (" + format + "–" + format + ")", median, least, most);
    }
}
