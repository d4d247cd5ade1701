package dev.chainrule.builtin.data.table;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.Suggestion;
import dev.chainrule.builtin.data.Names;
import dev.chainrule.table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cells of the columns that decide to which part of the data a row belongs.
 *
 * @param columns by name, those that the table has
 * @param known the names of all columns of the table
 */
record SplitCells(Map<String, Texts> columns, List<String> known) {
    static final SplitCells NONE = new SplitCells(Map.of(), List.of());

    /** The bytes of a text beside its letters. */
    private static final long TEXT = 56;

    /**
     * The cells of a column, each different text once.
     *
     * @param numbers of the text of each row; −1 for none
     */
    record Texts(List<String> texts, int[] numbers) {
        static Texts of(Column column) {
            Map<String, Integer> numbers = new LinkedHashMap<>();
            int[] ofRows = new int[column.table().size()];
            for (int row = 0; row < ofRows.length; row++) {
                String cell = column.cell(row);
                Integer number = numbers.get(cell);
                if (number == null && !column.isMissing(row, false)) {
                    number = numbers.size();
                    numbers.put(cell, number);
                }
                ofRows[row] = number == null ? -1 : number;
            }
            return new Texts(new ArrayList<>(numbers.keySet()), ofRows);
        }
    }

    static SplitCells of(CsvUse use) {
        Map<String, Texts> columns = new LinkedHashMap<>();
        List<String> known = use.table().names();
        use.splits().stream()
                .filter(known::contains)
                .forEach(name -> columns.put(name, Texts.of(use.table().column(name, "split the rows"))));
        return new SplitCells(columns, known);
    }

    /**
     * Return a cell, empty if it has no value; nothing if the rows are not those of a table.
     *
     * @throws InputException if the table has no such column
     */
    Optional<String> of(int row, String column) {
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Texts texts = columns.get(column);
        if (texts == null) {
            throw new InputException(
                    "there is no column '" + column + "'",
                    Suggestion.didYouMean(column, known) + "Columns: " + Names.list(known) + ".");
        }
        int number = texts.numbers()[row];
        return Optional.of(number < 0 ? "" : texts.texts().get(number));
    }

    long bytes() {
        return columns.values().stream()
                .mapToLong(texts -> (long) Integer.BYTES * texts.numbers().length
                        + texts.texts().stream()
                                .mapToLong(text -> TEXT + text.length())
                                .sum())
                .sum();
    }
}
