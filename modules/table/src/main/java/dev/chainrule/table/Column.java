package dev.chainrule.table;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One column of a table. */
public final class Column {
    private final Table table;
    private final String name;
    private final int index;
    private Contents contents;
    /** The cells as numbers, read together with {@link #contents}; empty if none is a number. */
    private double[] numbers;

    /**
     * Create a column.
     *
     * @param name in the header
     * @param index its place among the cells of a row, from 0
     */
    Column(Table table, String name, int index) {
        this.table = table;
        this.name = name;
        this.index = index;
    }

    /** {@return the table that it belongs to} */
    public Table table() {
        return table;
    }

    /** {@return its name in the header} */
    public String name() {
        return name;
    }

    int index() {
        return index;
    }

    /** {@return the text of a cell} */
    public String cell(int row) {
        return table.cell(row, index);
    }

    /** {@return the texts of all cells} */
    public Stream<String> cells() {
        return IntStream.range(0, table.size()).mapToObj(this::cell);
    }

    /**
     * {@return whether a cell has no value}
     *
     * @param numbers whether it is among numbers, so that words such as NA count, too
     */
    public boolean isMissing(int row, boolean numbers) {
        return !isKnownNumber(row) && isMissing(cell(row), numbers);
    }

    private boolean isKnownNumber(int row) {
        return numbers != null && numbers.length > 0 && !Double.isNaN(numbers[row]);
    }

    private boolean isMissing(String cell, boolean numbers) {
        return table.format().missing().contains(name, cell)
                || numbers
                        && MissingValues.isWord(cell)
                        && !table.format().numbers().isNumber(cell);
    }

    /**
     * {@return the cells as numbers: NaN for a missing one and for one that is not a number}
     *
     * <p>A number out of range is infinite.
     */
    public double[] numbers() {
        if (contents().numbers() == 0) {
            double[] none = new double[table.size()];
            Arrays.fill(none, Double.NaN);
            return none;
        }
        return numbers.clone();
    }

    /** {@return the counts of the kinds of cells; the cells are counted once} */
    public Contents contents() {
        if (contents == null) {
            contents = count();
        }
        return contents;
    }

    private Contents count() {
        NumberForm form = table.format().numbers();
        MissingValues missing = table.format().missing();
        boolean anyMayBeMissing = !missing.isEmptyAlone(name);
        double[] values = new double[table.size()];
        int empty = 0;
        int words = 0;
        int count = 0;
        int firstOther = -1;
        for (int row = 0; row < values.length; row++) {
            values[row] = anyMayBeMissing ? Double.NaN : table.plainNumber(row, index);
            if (!Double.isNaN(values[row])) {
                count++;
                continue;
            }
            String cell = cell(row);
            if (missing.contains(name, cell)) {
                empty++;
                continue;
            }
            values[row] = form.parse(cell);
            if (!Double.isNaN(values[row])) {
                count++;
            } else if (MissingValues.isWord(cell)) {
                words++;
            } else if (firstOther < 0) {
                firstOther = row;
            }
        }
        numbers = count == 0 ? new double[0] : values;
        return new Contents(values.length, empty, words, count, firstOther);
    }

    /**
     * {@return the different units of the cells that are numbers and not missing, in the order of the file; the empty
     * text for none}
     */
    public List<String> units() {
        NumberForm form = table.format().numbers();
        return form.units().isEmpty()
                ? List.of("")
                : cells().filter(cell -> !table.format().missing().contains(name, cell) && form.isNumber(cell))
                        .map(form::unit)
                        .distinct()
                        .toList();
    }

    /** {@return how often each name occurs, missing values left out, sorted} */
    public Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        for (int row = 0; row < table.size(); row++) {
            String cell = cell(row);
            if (!isMissing(cell, false)) {
                counts.merge(cell, 1, Integer::sum);
            }
        }
        return counts;
    }

    /**
     * The counts of a column's cells.
     *
     * @param rows all cells
     * @param empty cells that are empty, or contain a text that the user specified for a missing value
     * @param words cells with a word for a missing number, such as NA
     * @param numbers cells that are numbers
     * @param firstOther the row of the first cell that is none of these; -1 for none
     */
    public record Contents(int rows, int empty, int words, int numbers, int firstOther) {
        /** {@return the number of cells that are names among numbers} */
        public int others() {
            return rows - empty - words - numbers;
        }

        /** {@return whether all cells that have a value are numbers, and some cell has one} */
        public boolean isNumbers() {
            return numbers > 0 && others() == 0;
        }

        /** {@return whether some cells are numbers and others are neither numbers nor missing} */
        public boolean isMixed() {
            return numbers > 0 && others() > 0;
        }

        /** {@return whether no cell is a number, and some cell has a value} */
        public boolean isNames() {
            return numbers == 0 && empty < rows;
        }
    }

    /** {@return up to a number of different cells that are neither numbers nor missing, in the order of the file} */
    public List<String> others(int most) {
        NumberForm form = table.format().numbers();
        return cells().filter(cell -> !isMissing(cell, true) && !form.isNumber(cell))
                .distinct()
                .limit(most)
                .toList();
    }
}
