package dev.chainrule.config.bind;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as in YAML 1.2's core schema, without the forms that other schemas would read differently.
 *
 * <p>A fraction of two numbers, {@code 1/255}, is a number too.
 */
final class NumberText {
    private static final Pattern WHOLE = Pattern.compile("[-+]?(?:0|[1-9][0-9]*)");
    private static final Pattern REAL =
            Pattern.compile("[-+]?(?:(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");
    private static final Pattern FRACTION = Pattern.compile("([^/]*[^/ ]) ?/ ?([^/ ][^/]*)");
    private static final Pattern NUMBER_LIKE =
            Pattern.compile("[-+]?\\.?[0-9].*|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
    private static final String THOUSANDS = "[-+]?[0-9]{1,3}(?:,[0-9]{3})+";
    private static final String DECIMAL_COMMA = "[-+]?[0-9]+,[0-9]+";
    private static final int MOST_DIGITS = 40;

    private NumberText() {}

    /** Return whether a text begins like a number, so that it cannot be meant as a name. */
    static boolean isNumberLike(String text) {
        return NUMBER_LIKE.matcher(text).matches();
    }

    /**
     * Read a whole number.
     *
     * @throws Refused if it is not one, or is out of bounds
     */
    static long whole(String text, long least, long most) throws Refused {
        if (!WHOLE.matcher(text).matches()) {
            throw notA("whole number", text, wholeMeant(text));
        }
        BigInteger value = text.length() > MOST_DIGITS
                ? BigInteger.TEN.pow(MOST_DIGITS).multiply(BigInteger.valueOf(text.startsWith("-") ? -1 : 1))
                : new BigInteger(text);
        if (value.compareTo(BigInteger.valueOf(least)) < 0) {
            throw new Refused(shortened(text) + " is too small", "The smallest whole number here is " + least + ".");
        }
        if (value.compareTo(BigInteger.valueOf(most)) > 0) {
            throw new Refused(shortened(text) + " is too large", "The largest whole number here is " + most + ".");
        }
        return value.longValueExact();
    }

    /**
     * Read a number.
     *
     * @throws Refused if it is not one, or not finite
     */
    static double real(String text) throws Refused {
        Matcher fraction = FRACTION.matcher(text);
        if (fraction.matches()
                && REAL.matcher(fraction.group(1)).matches()
                && REAL.matcher(fraction.group(2)).matches()) {
            double value = decimal(fraction.group(1)) / decimal(fraction.group(2));
            if (!Double.isFinite(value)) {
                throw new Refused(shortened(text) + " divides by zero or is too large");
            }
            return value;
        }
        if (!REAL.matcher(text).matches()) {
            throw notA("number", text, meant(text));
        }
        return decimal(text);
    }

    private static double decimal(String text) throws Refused {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new Refused(shortened(text) + " is too large", "The largest number is about 1.8e308.");
        }
        boolean isZero = text.replaceFirst("[eE].*", "").chars().noneMatch(c -> c >= '1' && c <= '9');
        if (value == 0 && !isZero) {
            throw new Refused(shortened(text) + " is too small", "The smallest number above 0 is about 4.9e-324.");
        }
        return value;
    }

    private static Refused notA(String what, String text, String note) {
        String message = shortened(text) + " is not a " + what;
        return note.isEmpty() ? new Refused(message) : new Refused(message, note);
    }

    private static String shortened(String text) {
        return "'" + (text.length() > MOST_DIGITS ? text.substring(0, MOST_DIGITS) + "…" : text) + "'";
    }

    private static String wholeMeant(String text) {
        if (REAL.matcher(text).matches() && text.length() < MOST_DIGITS) {
            BigDecimal value = new BigDecimal(text);
            boolean isWhole = value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
            BigInteger below = Math.abs((long) value.scale()) < MOST_DIGITS ? value.toBigInteger() : BigInteger.ZERO;
            if (isWhole) {
                return value.signum() == 0 || below.signum() != 0 ? "Write " + below + "." : "";
            }
            return below.signum() > 0 ? "Write " + below + " or " + below.add(BigInteger.ONE) + "." : "";
        }
        boolean meansFraction = text.endsWith("%") || text.matches(DECIMAL_COMMA) && !text.matches(THOUSANDS);
        return meansFraction ? "" : meant(text);
    }

    /** Return a hint for a form that is common in other YAML versions, languages or countries. */
    private static String meant(String text) {
        if (text.length() > MOST_DIGITS) {
            return "";
        }
        if (text.matches("[-+]?0+[0-9]+")) {
            String decimal = "Write " + new BigInteger(text);
            boolean octal = text.matches("[-+]?0[0-7]+") && !text.matches("[-+]?0+[0-7]?");
            return octal ? decimal + ", or " + new BigInteger(text, 8) + " if octal was meant." : decimal + ".";
        }
        if (text.matches("[-+]?0x[0-9a-fA-F]+")) {
            return "Write " + new BigInteger(text.replaceFirst("0x", ""), 16) + ".";
        }
        if (text.matches("[-+]?0o[0-7]+")) {
            return "Write " + new BigInteger(text.replaceFirst("0o", ""), 8) + ".";
        }
        if (text.matches("[-+]?0b[01]+")) {
            return "Write " + new BigInteger(text.replaceFirst("0b", ""), 2) + ".";
        }
        if (text.matches("[-+]?[0-9][0-9_]*(?:\\.[0-9_]*)?") && text.contains("_")) {
            return "Write " + text.replace("_", "") + ".";
        }
        if (text.matches("[-+]?[0-9]+(?::[0-9]+)+")) {
            return "A number has no colons; for YAML 1.1 this would be one of base 60.";
        }
        if (text.matches(THOUSANDS)) {
            return "Write numbers without commas.";
        }
        if (text.matches(DECIMAL_COMMA)) {
            return "Write " + text.replace(',', '.') + ".";
        }
        if (text.matches("[-+]?[0-9]+(?:\\.[0-9]+)? ?%")) {
            BigDecimal percent = new BigDecimal(text.replace("%", "").strip());
            return "Write " + percent.movePointLeft(2).stripTrailingZeros().toPlainString() + ".";
        }
        if (text.matches("[\u2212\u2013\u2014][0-9.].*")) {
            return "Write -" + text.substring(1) + ", with the minus sign of the keyboard.";
        }
        if (text.matches("(?i)[-+]?\\.?(?:inf|infinity|nan)")) {
            return "Only finite numbers are allowed.";
        }
        return "";
    }
}
