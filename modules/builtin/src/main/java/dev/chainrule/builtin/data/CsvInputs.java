package dev.chainrule.builtin.data;

import dev.chainrule.api.Encoding;
import dev.chainrule.api.InputException;
import dev.chainrule.api.Shape;
import dev.chainrule.api.Target;
import java.util.List;
import java.util.Optional;

/**
 * Write the columns that are learned from as numbers.
 *
 * @param learned the columns to be learned, which are no inputs
 * @param forced columns whose cells are names although they look like numbers
 */
record CsvInputs(CsvTable table, List<String> learned, List<String> forced) {
    private static final Target OPEN = new Target(Target.Form.VALUES, List.of());

    /** Return how inputs are written: as in the training examples, else as the cells ask for. The target is left open. */
    Encoding encoding(Optional<List<String>> chosen, Optional<Encoding> training) {
        if (training.isPresent()) {
            requireTrained(training.get());
            return training.get().with(OPEN);
        }
        List<String> names = chosen.orElseGet(this::unlearned);
        if (names.isEmpty()) {
            throw new InputException("there is no column to learn from", "Columns: " + Names.list(table.names()) + ".")
                    .inFile(table.place());
        }
        List<Encoding.Column> columns = names.stream()
                .map(name -> table.column(name, "be learned from").encoding(forced.contains(name)))
                .toList();
        return new Encoding(Shape.of(width(columns)), columns, OPEN);
    }

    /** Return the inputs, one row an example. */
    double[][] encode(Encoding encoding) {
        // Examples that were no table have no columns: their numbers are taken in the file's order.
        List<Encoding.Column> columns = encoding.columns().isEmpty()
                ? unlearned().stream()
                        .map(name -> new Encoding.Column(name, List.of()))
                        .toList()
                : encoding.columns();
        double[][] rows = new double[table.rows().size()][width(columns)];
        int place = 0;
        for (Encoding.Column column : columns) {
            write(column, rows, place);
            place += column.width();
        }
        return rows;
    }

    private void write(Encoding.Column column, double[][] rows, int place) {
        CsvColumn cells = table.column(column.name(), "be learned from");
        boolean numeric = column.categories().isEmpty();
        double[] values = numeric ? cells.numbers() : cells.numbersOf(column.categories());
        for (int i = 0; i < rows.length; i++) {
            if (numeric) {
                rows[i][place] = values[i];
            } else {
                rows[i][place + (int) values[i]] = 1;
            }
        }
    }

    private void requireTrained(Encoding training) {
        if (training.columns().isEmpty()) {
            if (unlearned().size() != training.shape().size()) {
                throw new InputException(
                                "the file has " + unlearned().size() + " input columns, the training examples are "
                                        + training.shape(),
                                "Columns: " + Names.list(unlearned()) + ".")
                        .inFile(table.place());
            }
            return;
        }
        List<String> wanted =
                training.columns().stream().map(Encoding.Column::name).toList();
        List<String> missing =
                wanted.stream().filter(name -> !table.names().contains(name)).toList();
        if (!missing.isEmpty()) {
            throw new InputException(
                            (missing.size() == 1
                                            ? "a column of the training examples is"
                                            : "columns of the training examples are")
                                    + " missing: " + Names.list(missing),
                            "The file has: " + Names.list(table.names()) + ".",
                            "Needed, in any order: " + Names.list(wanted) + ".")
                    .inFile(table.place());
        }
    }

    private List<String> unlearned() {
        return table.names().stream().filter(name -> !learned.contains(name)).toList();
    }

    private static int width(List<Encoding.Column> columns) {
        return columns.stream().mapToInt(Encoding.Column::width).sum();
    }
}
