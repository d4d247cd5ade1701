package dev.chainrule.app.report.page;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The way from numbers to places on an axis, linear or logarithmic. The script of the page has the same, to switch between them.
 *
 * @param ticks the numbers that are written on the axis
 */
public record Scale(double low, double high, boolean logarithmic, List<Double> ticks) {
    private static final int PARTS = 4;
    /** Where the largest is so many times the smallest, a linear axis shows little but the largest. */
    private static final double WIDE = 50;

    private static final int MOST_DECADES = 6;

    /**
     * Return the scale for some numbers.
     *
     * @param mayBeLogarithmic whether it is logarithmic if they are positive and far apart
     */
    public static Scale of(double[] values, boolean mayBeLogarithmic) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (Double.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        if (low > high) {
            return linear(0, 1);
        }
        return mayBeLogarithmic && low > 0 && high / low > WIDE ? logarithmic(low, high) : linear(low, high);
    }

    /** Return a linear scale that begins and ends with a round number. */
    public static Scale linear(double low, double high) {
        double span = high > low ? high - low : Math.max(Math.abs(low), Double.MIN_NORMAL);
        double from = high > low ? low : low - span / 2;
        BigDecimal step = round(span / PARTS);
        long first = (long) Math.floor(from / step.doubleValue());
        List<Double> ticks = new ArrayList<>();
        for (long k = first; ticks.isEmpty() || ticks.get(ticks.size() - 1) < from + span; k++) {
            ticks.add(step.multiply(BigDecimal.valueOf(k)).doubleValue());
        }
        return new Scale(ticks.get(0), ticks.get(ticks.size() - 1), false, ticks);
    }

    private static Scale logarithmic(double low, double high) {
        int first = (int) Math.floor(StrictMath.log10(low));
        int last = (int) Math.ceil(StrictMath.log10(high));
        int stride = (last - first + MOST_DECADES - 1) / MOST_DECADES;
        List<Double> ticks = new ArrayList<>();
        for (int decade = first; decade < last + stride; decade += stride) {
            ticks.add(BigDecimal.ONE.scaleByPowerOfTen(decade).doubleValue());
        }
        return new Scale(ticks.get(0), ticks.get(ticks.size() - 1), true, ticks);
    }

    /** Return the next number of 1, 2 or 5 times a power of ten. */
    private static BigDecimal round(double least) {
        BigDecimal exact = new BigDecimal(least);
        BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(exact.precision() - exact.scale() - 1);
        for (int factor : new int[] {1, 2, 5}) {
            BigDecimal step = unit.multiply(BigDecimal.valueOf(factor));
            if (step.compareTo(exact) >= 0) {
                return step;
            }
        }
        return unit.scaleByPowerOfTen(1);
    }

    /** Return the place of a number, from 0 at the low end to 1; NaN if it has none. */
    public double at(double value) {
        double place = logarithmic
                ? StrictMath.log10(value / low) / StrictMath.log10(high / low)
                : (value - low) / (high - low);
        return Double.isFinite(place) ? place : Double.NaN;
    }
}
