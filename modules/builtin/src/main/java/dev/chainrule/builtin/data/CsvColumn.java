package dev.chainrule.builtin.data;

import dev.chainrule.api.Encoding;
import dev.chainrule.api.InputException;
import java.util.List;
import java.util.Map;

/**
 * Read one column of a table.
 *
 * @param index its place in the table, from 0
 */
record CsvColumn(CsvTable table, int index) {
    String name() {
        return table.names().get(index);
    }

    /**
     * Return how the column is written as numbers: as one number, or as one input for each of its names.
     *
     * @param forced whether its cells are names although they look like numbers
     * @throws InputException if a cell is missing, or some cells are numbers and some are not
     */
    Encoding.Column encoding(boolean forced) {
        return new Encoding.Column(name(), holdsNames(forced) ? categories() : List.of());
    }

    /** Return the column's different names, sorted by code point. */
    List<String> categories() {
        return Names.sorted(table.rows().stream().map(this::cell).toList());
    }

    /** Return whether cells are names: forced, or none is a number. */
    boolean holdsNames(boolean forced) {
        int numbers = 0;
        CsvTable.Row name = null;
        for (CsvTable.Row row : table.rows()) {
            String cell = cell(row);
            requireValue(row, cell, forced);
            if (Decimal.isNumber(cell)) {
                numbers++;
            } else if (name == null) {
                name = row;
            }
        }
        // A single slip of the pen must not turn a column of numbers into hundreds of categories.
        if (!forced && name != null && numbers > 0) {
            throw notNumber(
                    name,
                    cell(name),
                    numbers + " of the column's " + table.rows().size()
                            + " cells are numbers. Correct the others, or list the column under categorical.");
        }
        return forced || numbers == 0;
    }

    /**
     * Return the cells as numbers.
     *
     * @throws InputException if one is none
     */
    double[] numbers() {
        double[] values = new double[table.rows().size()];
        for (int i = 0; i < values.length; i++) {
            CsvTable.Row row = table.rows().get(i);
            String cell = cell(row);
            requireValue(row, cell, false);
            if (!Decimal.isNumber(cell)) {
                throw notNumber(row, cell, "The column holds numbers such as 12, -0.5 or 1e-3.");
            }
            values[i] = Decimal.parse(cell);
            if (Double.isInfinite(values[i])) {
                throw table.problem(
                        row, "column '" + name() + "' has " + cell + ", which is out of range", "Largest is 1.79e308.");
            }
        }
        return values;
    }

    /**
     * Return the numbers of the cells' names.
     *
     * @param names the names that are known
     * @throws InputException if a cell has another
     */
    double[] numbersOf(List<String> names) {
        Map<String, Integer> known = Names.numbered(names);
        double[] values = new double[table.rows().size()];
        for (int i = 0; i < values.length; i++) {
            CsvTable.Row row = table.rows().get(i);
            String cell = cell(row);
            requireValue(row, cell, true);
            Integer number = known.get(cell);
            if (number == null) {
                throw table.problem(
                        row,
                        "column '" + name() + "' has '" + cell + "', which no training example has",
                        "Known: " + Names.list(names) + ".");
            }
            values[i] = number;
        }
        return values;
    }

    private String cell(CsvTable.Row row) {
        return row.cells().get(index);
    }

    private void requireValue(CsvTable.Row row, String cell, boolean names) {
        if (cell.isEmpty()) {
            throw table.problem(
                    row,
                    "column '" + name() + "' has no value",
                    "Every cell needs one: fill it in, or remove the row.");
        }
        if (!names && Decimal.isNoValue(cell)) {
            throw table.problem(
                    row,
                    "column '" + name() + "' has '" + cell + "', which is no value",
                    "Every cell needs one: fill it in, or remove the row.");
        }
    }

    private InputException notNumber(CsvTable.Row row, String cell, String note) {
        return table.problem(row, "column '" + name() + "' has '" + cell + "', which is not a number", note);
    }
}
