package dev.chainrule.app.init;

import dev.chainrule.table.Column;
import dev.chainrule.table.MissingValues;
import dev.chainrule.table.NumberForm;
import dev.chainrule.table.OtherForm;
import dev.chainrule.table.Spellings;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The contents of a column, as far as they determine its use.
 *
 * @param isNumeric whether every cell with a value is a number
 * @param isMixed whether some cells are numbers and some are names, so that the type must be given to the data source
 * @param otherForm a cell that looks like a number in another form, if all cells that are not numbers do; else empty
 * @param missing the rows without a value
 * @param numbers statistics of the cells that are numbers
 * @param names the count of each value, sorted; of numbers only a few are kept, unless they are classes
 * @param areClasses whether the user declared the values to be classes even if they are numbers
 */
record SurveyedColumn(
        Column column,
        boolean isNumeric,
        boolean isMixed,
        String otherForm,
        BitSet missing,
        Statistics numbers,
        Map<String, Integer> names,
        boolean areClasses) {
    private static final int MOST_CLASSES = 10;
    /** A class needs examples; whole numbers with fewer per value of their range look like amounts. */
    private static final int EXAMPLES_OF_CLASS = 5;

    /** With more names than this, an input for each would be nearly always 0: they are embedded. */
    private static final int MOST_NAMES = 100;
    /** The number of rows per name that lets a model learn something about each. */
    private static final int ENOUGH_PER_NAME = 10;

    private static final double MOST_MISSING = 0.3;

    static SurveyedColumn of(Column column, boolean areClasses) {
        Column.Contents contents = column.contents();
        boolean numeric = contents.isNumbers();
        double[] values = column.numbers();
        BitSet missing = new BitSet();
        for (int row = 0; row < contents.rows(); row++) {
            if (numeric ? Double.isNaN(values[row]) : column.isMissing(row, false)) {
                missing.set(row);
            }
        }
        boolean otherForm = contents.isNames() ? OtherForm.isUsual(column) : OtherForm.areTheOthers(column);
        return new SurveyedColumn(
                column,
                numeric,
                contents.isMixed(),
                otherForm ? column.cell(contents.firstOther()) : "",
                missing,
                Statistics.of(values),
                numeric ? classes(column, values, areClasses ? values.length : MOST_CLASSES) : column.counts(),
                areClasses);
    }

    /** Return the count of each number, by its shortest spelling; of more than {@code most} numbers only the first ones. */
    private static Map<String, Integer> classes(Column column, double[] values, int most) {
        Map<Double, Integer> counts = new TreeMap<>();
        Map<Double, String> names = new TreeMap<>();
        for (int row = 0; row < values.length && counts.size() <= most; row++) {
            if (!Double.isNaN(values[row])) {
                counts.merge(values[row] + 0.0, 1, Integer::sum);
                names.merge(values[row] + 0.0, column.cell(row), Spellings::shorter);
            }
        }
        Map<String, Integer> classes = new TreeMap<>();
        names.forEach((value, name) -> classes.put(name, counts.get(value)));
        return classes;
    }

    String name() {
        return column.name();
    }

    int rows() {
        return column.table().size();
    }

    int missingCount() {
        return missing.cardinality();
    }

    /** Return the name of each cell's class, for every cell with a value. */
    Map<String, String> classNames() {
        NumberForm form = column.table().format().numbers();
        List<String> cells = column.counts().keySet().stream()
                .filter(cell -> !isNumeric || form.isNumber(cell))
                .toList();
        return Spellings.of(cells, form);
    }

    /** Return the different texts of the cells without a value, except the empty one, in the order of the file. */
    List<String> missingTexts() {
        return missing.stream()
                .mapToObj(column::cell)
                .filter(cell -> !cell.isEmpty())
                .distinct()
                .toList();
    }

    private int present() {
        return rows() - missingCount();
    }

    /** Return the number of different values; numbers are not counted beyond those that may be classes. */
    int different() {
        return names.size();
    }

    /**
     * Return whether its values are learned as classes: names, two whole numbers, a few whole numbers without a gap or a unit, or
     * values that the user declared to be classes.
     */
    boolean holdsClasses() {
        boolean few = names.size() == 2
                || names.size() <= MOST_CLASSES
                        && numbers.range() + 1 == names.size()
                        && column.units().equals(List.of(""));
        return areClasses || !isNumeric || numbers.whole() && few;
    }

    /**
     * Return whether its numbers, which are not treated as classes, may be class numbers: whole, without a unit, and few or often
     * repeated.
     */
    boolean mayHoldClasses() {
        boolean often = EXAMPLES_OF_CLASS * (numbers.range() + 1) <= present();
        return isNumeric
                && !holdsClasses()
                && numbers.whole()
                && column.units().equals(List.of(""))
                && (names.size() <= MOST_CLASSES || often);
    }

    /** Return the words that represent a missing number elsewhere but are names here, with their counts. */
    Map<String, Integer> words() {
        Map<String, Integer> words = new TreeMap<>();
        if (!isNumeric) {
            names.forEach((name, count) -> {
                if (MissingValues.isWord(name)) {
                    words.put(name, count);
                }
            });
        }
        return words;
    }

    /** Return the reason for which nothing can be learned from the column; empty if something can. */
    String useless() {
        if (present() == 0) {
            return "no value";
        }
        if (isNumeric && !Double.isFinite(numbers.range())) {
            return "its numbers are out of range";
        }
        if (isNumeric ? numbers.range() == 0 : names.size() == 1) {
            return "the same value in every row";
        }
        if (hasSeveralUnits()) {
            return "its numbers have more than one unit";
        }
        if (!otherForm.isEmpty()) {
            return "numbers such as " + otherForm + ", in more than one format";
        }
        if (missingCount() > MOST_MISSING * rows()) {
            return missingCount() + " of " + rows() + " values are missing";
        }
        if (isNumeric && numbersRows()) {
            return "a row number";
        }
        boolean unique = names.size() == rows() && rows() > 2;
        boolean rare = names.size() > rows() / 2 || isWide() && ENOUGH_PER_NAME * names.size() > present();
        if (!isNumeric && (unique || rare)) {
            return names.size() + " different names in " + rows() + " rows";
        }
        return "";
    }

    /** Return whether it has so many names that each of them becomes a few learned numbers, not an input of its own. */
    boolean isWide() {
        return !isNumeric && names.size() > MOST_NAMES;
    }

    /** Return whether some of its numbers have a different unit from the others, or none. */
    boolean hasSeveralUnits() {
        return isNumeric && column.units().size() > 1;
    }

    /** Return whether the values are 0, 1, 2, … or 1, 2, 3, …, each once, in any order. */
    private boolean numbersRows() {
        boolean possible = rows() > 2
                && missing.isEmpty()
                && numbers.whole()
                && (numbers.least() == 0 || numbers.least() == 1)
                && numbers.range() + 1 == rows();
        if (!possible) {
            return false;
        }
        BitSet seen = new BitSet();
        for (double value : column.numbers()) {
            seen.set((int) (value - numbers.least()));
        }
        return seen.cardinality() == rows();
    }

    /**
     * Statistics of numbers.
     *
     * @param whole whether all are integers
     */
    record Statistics(int count, double least, double greatest, double mean, double deviation, boolean whole) {
        static Statistics of(double[] values) {
            int count = 0;
            double least = Double.POSITIVE_INFINITY;
            double greatest = Double.NEGATIVE_INFINITY;
            double sum = 0;
            boolean whole = true;
            for (double value : values) {
                if (!Double.isNaN(value)) {
                    count++;
                    sum += value;
                    least = Math.min(least, value);
                    greatest = Math.max(greatest, value);
                    whole &= value == Math.rint(value);
                }
            }
            double mean = sum / Math.max(1, count);
            double squares = 0;
            for (double value : values) {
                squares += Double.isNaN(value) ? 0 : (value - mean) * (value - mean);
            }
            return new Statistics(count, least, greatest, mean, Math.sqrt(squares / Math.max(1, count)), whole);
        }

        double range() {
            return greatest - least;
        }
    }
}
