package dev.chainrule.app.init;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Hold what a column of a table holds.
 *
 * @param missing cells without a value
 * @param numbers cells that are numbers
 * @param names how often each value occurs, sorted; values that are numbers included
 */
record SurveyedColumn(String name, int rows, int missing, Numbers numbers, Map<String, Integer> names) {
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    /** As the csv source takes them with {@code missing: drop}. */
    private static final List<String> NOTHING = List.of("", "na", "n/a", "nan", "null", "none", "?", "-");

    private static final int MOST_CLASSES = 10;
    private static final int MOST_NAMES = 100;
    private static final double MOST_MISSING = 0.3;

    /**
     * Hold what the cells are that are numbers.
     *
     * @param whole whether all are whole
     */
    record Numbers(int count, double least, double greatest, double mean, double deviation, boolean whole) {}

    static SurveyedColumn of(String name, List<String> cells) {
        Map<String, Integer> names = new TreeMap<>();
        int missing = 0;
        for (String cell : cells) {
            if (NOTHING.contains(cell.toLowerCase(Locale.ROOT))) {
                missing++;
            } else {
                names.merge(cell, 1, Integer::sum);
            }
        }
        double[] values = cells.stream()
                .filter(SurveyedColumn::isNumber)
                .mapToDouble(Double::parseDouble)
                .toArray();
        return new SurveyedColumn(name, cells.size(), missing, numbers(values), names);
    }

    private static Numbers numbers(double[] values) {
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        boolean whole = true;
        for (double value : values) {
            sum += value;
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
            whole &= value == Math.rint(value);
        }
        double mean = sum / Math.max(1, values.length);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Numbers(
                values.length, least, greatest, mean, Math.sqrt(squares / Math.max(1, values.length)), whole);
    }

    static boolean isNumber(String cell) {
        return NUMBER.matcher(cell).matches();
    }

    int present() {
        return rows - missing;
    }

    boolean isNumeric() {
        return numbers.count == present() && present() > 0;
    }

    /** Return whether some cells are numbers and some are not, so that the data source has to be told what they are. */
    boolean isMixed() {
        return !isNumeric() && numbers.count > 0;
    }

    /** Return whether what is learned from it are classes: names, or a few whole numbers without a gap. */
    boolean holdsClasses() {
        return !isNumeric()
                || numbers.whole
                        && names.size() <= MOST_CLASSES
                        && numbers.greatest - numbers.least + 1 == names.size();
    }

    /** Return why nothing can be learned from it, in words; empty if something can. */
    String useless() {
        if (present() == 0) {
            return "no value";
        }
        if (names.size() == 1) {
            return "the same value in every row";
        }
        if (missing > MOST_MISSING * rows) {
            return missing + " of " + rows + " values are missing";
        }
        boolean unique = names.size() == rows && rows > 2;
        if (unique && isNumeric() && numbers.whole && numbers.greatest - numbers.least + 1 == rows) {
            return "it numbers the rows";
        }
        if (!isNumeric() && (unique || names.size() > Math.min(MOST_NAMES, rows / 2))) {
            return names.size() + " different names in " + rows + " rows";
        }
        return "";
    }
}
