package dev.chainrule.table;

import java.util.List;

/**
 * A form of numbers in a table: {@code 1.234,50 €} has the form of decimal comma, points between thousands, and the
 * unit €.
 *
 * <p>A number is a sign, digits and an exponent. The sign is +, - or U+2212. The thousands mark may separate groups of
 * digits: the last group has three digits, those before it two or three, the first one to three. One unit may be before
 * or after. Hexadecimal digits, 1f, 1d, inf and NaN are not numbers.
 *
 * @param decimal the mark before the fraction
 * @param thousands the mark between groups of digits, 0 for none; a space means every kind of space
 * @param units texts allowed before or after a number, such as % and $
 */
public record NumberForm(char decimal, char thousands, List<String> units) {
    /** Digits with a decimal point and nothing else: the form of programs. */
    public static final NumberForm PLAIN = new NumberForm('.', (char) 0, List.of());

    private static final char MINUS = '\u2212';
    /** Integers to 2^53 and powers of ten to 10^22 are exact in float64, so one operation on them rounds correctly. */
    private static final long EXACT = 1L << 53;

    private static final double[] POWERS = powers();
    /** An integer of this many digits is below 2^53. */
    private static final int EXACT_DIGITS = 15;

    private static final int ASCII = 0x80;

    /** Copy the list. */
    public NumberForm {
        units = List.copyOf(units);
    }

    /** Return whether a cell is a number, within float64's range or not. */
    public boolean isNumber(String cell) {
        return !Double.isNaN(parse(cell));
    }

    /** Return the value of a cell: NaN if it is not a number, infinite if it is out of float64's range. */
    public double parse(String cell) {
        if (units.isEmpty()) {
            return digits(cell, 0, cell.length());
        }
        String unit = unit(cell);
        return unit.isEmpty() ? digits(cell, 0, cell.length()) : digits(without(cell, unit));
    }

    /** Return the unit of a cell; empty if it has none. */
    public String unit(String cell) {
        for (String unit : units) {
            if (cell.startsWith(unit) || cell.endsWith(unit) || isSigned(cell) && cell.startsWith(unit, 1)) {
                return unit;
            }
        }
        return "";
    }

    /** Return whether a character is a space of any kind, no-break and thin ones included. */
    static boolean isSpace(char c) {
        if (c > ' ' && c < ASCII) {
            return false;
        }
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /**
     * Return the value of a cell of digits with at most a minus and a decimal mark: most numbers, read without a String.
     *
     * @param text that contains the cell, in UTF-8
     * @return NaN for every other cell, be it a number or not, and for more than {@value #EXACT_DIGITS} digits
     */
    double parsePlain(byte[] text, int from, int end) {
        if (!units.isEmpty()) {
            return Double.NaN;
        }
        boolean negative = from < end && text[from] == '-';
        int begin = negative ? from + 1 : from;
        int mark = -1;
        long mantissa = 0;
        for (int at = begin; at < end; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                mantissa = 10 * mantissa + digit;
            } else if (text[at] == decimal && mark < 0) {
                mark = at;
            } else {
                return Double.NaN;
            }
        }
        int digits = mark < 0 ? end - begin : end - begin - 1;
        if (digits == 0 || digits > EXACT_DIGITS) {
            return Double.NaN;
        }
        double size = exact(mantissa, mark < 0 ? 0 : mark + 1 - end);
        return negative ? -size : size;
    }

    private double digits(String cell) {
        return digits(cell, 0, cell.length());
    }

    private static String without(String cell, String unit) {
        if (cell.endsWith(unit)) {
            return Cells.strip(cell.substring(0, cell.length() - unit.length()));
        }
        return cell.startsWith(unit)
                ? Cells.strip(cell.substring(unit.length()))
                : cell.charAt(0) + Cells.strip(cell.substring(1 + unit.length()));
    }

    private static boolean isSigned(String cell) {
        return !cell.isEmpty() && (cell.charAt(0) == '+' || isMinus(cell.charAt(0)));
    }

    private static boolean isMinus(char c) {
        return c == '-' || c == MINUS;
    }

    private double digits(String cell, int from, int end) {
        int at = from;
        boolean negative = at < end && isMinus(cell.charAt(at));
        if (at < end && (negative || cell.charAt(at) == '+')) {
            at++;
        }
        long mantissa = 0;
        int digits = 0;
        int group = 0;
        boolean grouped = false;
        for (; at < end; at++) {
            char c = cell.charAt(at);
            if (isDigit(c)) {
                mantissa = append(mantissa, c);
                digits++;
                group++;
            } else if (isThousands(c) && group > 0 && group <= 3 && (!grouped || group >= 2)) {
                grouped = true;
                group = 0;
            } else {
                break;
            }
        }
        if (grouped && group != 3) {
            return Double.NaN;
        }
        int fraction = 0;
        if (at < end && cell.charAt(at) == decimal) {
            for (at++; at < end && isDigit(cell.charAt(at)); at++) {
                mantissa = append(mantissa, cell.charAt(at));
                fraction++;
            }
        }
        if (digits + fraction == 0) {
            return Double.NaN;
        }
        int mark = at;
        int exponent = 0;
        if (at < end) {
            at = exponentEnd(cell, at, end);
            if (at < 0) {
                return Double.NaN;
            }
            exponent = exponent(cell, mark + 1, end);
        }
        double exact = exact(mantissa, exponent - fraction);
        double size = Double.isNaN(exact) ? Double.parseDouble(plain(cell, from, end)) : exact;
        return negative ? -Math.abs(size) : Math.abs(size);
    }

    /** Append a digit; return a negative number once the result is too long to be exact. */
    private static long append(long mantissa, char digit) {
        return mantissa < 0 || mantissa > EXACT / 10 ? -1 : 10 * mantissa + (digit - '0');
    }

    private static double exact(long mantissa, int exponent) {
        if (mantissa < 0 || mantissa > EXACT || Math.abs(exponent) >= POWERS.length) {
            return Double.NaN;
        }
        return exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
    }

    /** Return the end of an exponent that begins at {@code at} and must reach {@code end}; -1 if it is not one. */
    private static int exponentEnd(String cell, int at, int end) {
        char e = cell.charAt(at);
        if (e != 'e' && e != 'E') {
            return -1;
        }
        int from = at + 1;
        if (from < end && (cell.charAt(from) == '+' || isMinus(cell.charAt(from)))) {
            from++;
        }
        if (from == end) {
            return -1;
        }
        for (int i = from; i < end; i++) {
            if (!isDigit(cell.charAt(i))) {
                return -1;
            }
        }
        return end;
    }

    private static int exponent(String cell, int from, int end) {
        boolean negative = isMinus(cell.charAt(from));
        int at = negative || cell.charAt(from) == '+' ? from + 1 : from;
        int value = 0;
        for (; at < end; at++) {
            // Beyond that the power is neither exact nor in range.
            value = Math.min(100_000, 10 * value + (cell.charAt(at) - '0'));
        }
        return negative ? -value : value;
    }

    /** Return the number as {@link Double#parseDouble} reads it. */
    private String plain(String cell, int from, int end) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < end; i++) {
            char c = cell.charAt(i);
            if (c == decimal) {
                text.append('.');
            } else if (isMinus(c)) {
                text.append('-');
            } else if (!isThousands(c)) {
                text.append(c);
            }
        }
        return text.toString();
    }

    private boolean isThousands(char c) {
        return thousands != 0 && (c == thousands || thousands == ' ' && isSpace(c));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static double[] powers() {
        double[] powers = new double[23];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }
}
