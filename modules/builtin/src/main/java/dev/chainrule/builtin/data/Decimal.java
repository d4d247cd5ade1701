package dev.chainrule.builtin.data;

import java.util.regex.Pattern;

/** Read decimal numbers as people and programs write them in tables, and nothing else. */
final class Decimal {
    // Narrower than Double.parseDouble, which also takes hexadecimal digits, 1f, 1d and NaN.
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final Pattern NO_VALUE = Pattern.compile("[+-]?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

    private Decimal() {}

    /** Return whether a text is a number, in float64's range or not. */
    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** Return whether a text stands for a missing or infinite number. */
    static boolean isNoValue(String text) {
        return NO_VALUE.matcher(text).matches();
    }

    /** Return a number's value: infinite when it is out of float64's range. */
    static double parse(String text) {
        return Double.parseDouble(text);
    }
}
