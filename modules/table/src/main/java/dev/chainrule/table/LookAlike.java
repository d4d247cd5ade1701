package dev.chainrule.table;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number in another form than the table's format, such as 10,5 or 12 %. If such cells were taken for names, there
 * would be hundreds of them.
 *
 * @param decimal the mark before a fraction, if only that reading is possible
 * @param thousands the mark between groups of three digits, if only that reading is possible; a space for every kind of
 *     space
 * @param ambiguous whether one mark may be either: 1,234
 * @param unit the text before or after the digits; empty if there is none
 */
record LookAlike(Optional<Character> decimal, Optional<Character> thousands, boolean ambiguous, String unit) {
    private static final String SPACE = "[ \u00a0\u2007\u2009\u202f]";
    private static final Pattern UNIT =
            Pattern.compile("(?:\\p{Sc}|[A-Z]{0,2}\\$|[%\u2030\u00b0]|(?:EUR|USD|GBP|CHF|JPY)\\b)");
    private static final Pattern CELL =
            Pattern.compile("(?<before>" + UNIT + ")?" + SPACE + "?(?<sign>[+\\-\u2212])?" + SPACE
                    + "?(?<inner>" + UNIT + ")?" + SPACE
                    + "?(?<digits>[0-9]([0-9.,'\u2019 \u00a0\u2007\u2009\u202f]*[0-9])?[.,]?|[.,][0-9]+)"
                    + "(?<exponent>[eE][+\\-\u2212]?[0-9]+)?" + SPACE + "?(?<after>" + UNIT + ")?");
    private static final Pattern GROUPS =
            Pattern.compile("[0-9]{1,3}(?:(?<mark>[.,'\u2019 \u00a0\u2007\u2009\u202f])[0-9]{2,3})*"
                    + "(?:[.,'\u2019 \u00a0\u2007\u2009\u202f][0-9]{3})");

    /** Return the number that a cell looks like; empty if it looks like a name. */
    static Optional<LookAlike> of(String cell) {
        Matcher matcher = CELL.matcher(cell);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = first(matcher.group("before"), matcher.group("inner"), matcher.group("after"));
        String body = matcher.group("digits");
        int last = lastMark(body);
        if (last < 0) {
            return Optional.of(new LookAlike(Optional.empty(), Optional.empty(), false, unit));
        }
        return marks(body, last, matcher.group("exponent") != null, unit);
    }

    private static Optional<LookAlike> marks(String body, int last, boolean exponent, String unit) {
        char mark = body.charAt(last);
        String whole = body.substring(0, last);
        String fraction = body.substring(last + 1);
        int earlier = lastMark(whole);
        boolean repeated = earlier >= 0 && same(whole.charAt(earlier), mark);
        boolean plainFraction = lastMark(fraction) < 0 && (mark == '.' || mark == ',');
        boolean groups = GROUPS.matcher(body).matches() && !body.startsWith("0") && !exponent && sameMarks(body);
        boolean fractional = plainFraction
                && !repeated
                && (earlier < 0 || GROUPS.matcher(whole).matches() && sameMarks(whole));
        Optional<Character> grouping = earlier < 0 ? Optional.empty() : Optional.of(usual(whole.charAt(earlier)));
        if (groups && fractional && earlier < 0) {
            return Optional.of(new LookAlike(Optional.empty(), Optional.empty(), true, unit));
        }
        if (groups) {
            return Optional.of(new LookAlike(Optional.empty(), Optional.of(usual(mark)), false, unit));
        }
        if (fractional) {
            return Optional.of(new LookAlike(Optional.of(mark), grouping, false, unit));
        }
        return Optional.empty();
    }

    private static boolean sameMarks(String text) {
        int first = lastMark(text);
        return text.chars().filter(LookAlike::isMark).allMatch(c -> same((char) c, text.charAt(first)));
    }

    private static int lastMark(String text) {
        for (int i = text.length() - 1; i >= 0; i--) {
            if (isMark(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isMark(int c) {
        return c < '0' || c > '9';
    }

    private static boolean same(char a, char b) {
        return usual(a) == usual(b);
    }

    private static char usual(char mark) {
        return NumberForm.isSpace(mark) ? ' ' : mark;
    }

    private static String first(String... units) {
        for (String unit : units) {
            if (unit != null) {
                return unit;
            }
        }
        return "";
    }
}
