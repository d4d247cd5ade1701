package dev.chainrule.math;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Predicate;

/**
 * The canonical text of numbers, the same on every JDK: {@link #format} for files and settings, the shortest decimal that
 * reads back to the same value; {@link #rounded} for people, always with four significant digits.
 *
 * <p>{@link Double#toString} prints more digits on JDK 17 than on later ones (JDK-4511638).
 */
public final class Numbers {
    private static final int DIGITS_THAT_ALWAYS_SUFFICE = 17;
    private static final int PLAIN_FROM_EXPONENT = -5;
    private static final int PLAIN_TO_EXPONENT = 15;
    private static final int SHOWN_DIGITS = 4;
    private static final int SHOWN_PLAIN_FROM_EXPONENT = -4;
    private static final int SHOWN_PLAIN_TO_EXPONENT = 6;

    private static final int SIZE_DIGITS = 3;
    private static final double MEGA = 1e6;
    private static final double GIGA = 1e9;

    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final String ASCII_BLOCKS = "_.-:=+*#";

    private Numbers() {}

    /**
     * {@return the shortest text of a number: {@code 0.1}, {@code 3}, {@code 1e-7}, {@code -0}, {@code .inf}, {@code -.inf} or
     * {@code .nan} (as YAML writes them)}
     *
     * @param value any number
     */
    public static String format(double value) {
        if (Double.isNaN(value)) {
            return ".nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? ".inf" : "-.inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        return shortest(value, decimal -> decimal.doubleValue() == value);
    }

    /**
     * {@return the shortest text of a number that differs from the value by less than some distance; that of
     * {@link #format(double)} if no shorter one does}
     *
     * @param value any number
     * @param distance within which other numbers count as the same, such as half the distance to the next number of a
     *     precision
     */
    public static String format(double value, double distance) {
        if (!Double.isFinite(value) || !Double.isFinite(distance) || value == 0) {
            return format(value);
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal most = new BigDecimal(distance);
        return shortest(
                value, decimal -> decimal.subtract(exact).abs().compareTo(most) < 0 || decimal.doubleValue() == value);
    }

    private static String shortest(double value, Predicate<BigDecimal> suffices) {
        BigDecimal exact = new BigDecimal(value);
        BigDecimal shortest = exact;
        for (int digits = 1; digits <= DIGITS_THAT_ALWAYS_SUFFICE; digits++) {
            shortest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (suffices.test(shortest)) {
                break;
            }
        }
        shortest = shortest.stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= PLAIN_FROM_EXPONENT && exponent < PLAIN_TO_EXPONENT) {
            return shortest.toPlainString();
        }
        String mantissa = shortest.movePointLeft(exponent).toPlainString();
        return mantissa + "e" + exponent;
    }

    /**
     * {@return a number for display, with four significant digits: {@code 0.9812}, {@code 0.0002020}, {@code 12.30},
     * {@code 1.235e-7}, {@code 0}, {@code NaN}; whole from a thousand to a million}
     *
     * @param value any number
     */
    public static String rounded(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal shown = exact.round(new MathContext(SHOWN_DIGITS, RoundingMode.HALF_EVEN));
        int exponent = shown.precision() - shown.scale() - 1;
        if (exponent >= SHOWN_PLAIN_FROM_EXPONENT && exponent < SHOWN_PLAIN_TO_EXPONENT) {
            int decimals = Math.max(0, SHOWN_DIGITS - 1 - exponent);
            return exact.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
        }
        BigDecimal mantissa = shown.movePointLeft(exponent).setScale(SHOWN_DIGITS - 1, RoundingMode.UNNECESSARY);
        return mantissa.toPlainString() + "e" + exponent;
    }

    /**
     * {@return an amount of memory for display, with three significant digits: {@code 5.37 GB}, {@code 512 MB},
     * {@code 0.25 MB}}
     *
     * @param bytes 0 or more
     */
    public static String size(double bytes) {
        boolean large = bytes >= GIGA;
        BigDecimal shown = new BigDecimal(bytes / (large ? GIGA : MEGA)).round(new MathContext(SIZE_DIGITS));
        return format(shown.doubleValue()) + (large ? " GB" : " MB");
    }

    /**
     * {@return the course of values as a row of blocks, the lowest for the least value; of more values than columns, the last of each
     * equal part; a blank for a value that is not finite}
     *
     * @param values in order
     * @param columns the most blocks: 1 or more
     * @param unicode whether blocks are shown, instead of ASCII characters
     */
    public static String sparkline(List<Double> values, int columns, boolean unicode) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        int count = Math.min(columns, values.size());
        double[] shown = new double[count];
        for (int i = 0; i < count; i++) {
            shown[i] = values.get((int) ((long) values.size() * (i + 1) / count) - 1);
            if (Double.isFinite(shown[i])) {
                least = Math.min(least, shown[i]);
                greatest = Math.max(greatest, shown[i]);
            }
        }
        String blocks = unicode ? BLOCKS : ASCII_BLOCKS;
        StringBuilder row = new StringBuilder();
        for (double value : shown) {
            // Halves, since the difference of two large numbers may not be finite.
            double share = greatest == least ? 0.5 : (value / 2 - least / 2) / (greatest / 2 - least / 2);
            row.append(
                    Double.isFinite(value)
                            ? blocks.charAt(Math.min(blocks.length() - 1, (int) (share * blocks.length())))
                            : ' ');
        }
        return row.toString();
    }
}
