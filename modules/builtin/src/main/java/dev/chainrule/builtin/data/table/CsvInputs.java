package dev.chainrule.builtin.data.table;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.CsvCells;
import dev.chainrule.builtin.data.Names;
import dev.chainrule.builtin.data.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The input columns of a table, written as numbers. */
record CsvInputs(CsvUse use) {
    /** The most elements that an array has on every JVM. */
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private static final Target OPEN = new Target(Target.Form.VALUES, List.of());

    /**
     * Return the encoding of inputs: that of the training examples, or else one that suits the cells. The target is
     * left open.
     */
    Encoding encoding() {
        if (use.training().isPresent()) {
            requireTrained(use.training().get());
            requireFallbacks(use.training().get());
            return use.training().get().with(OPEN);
        }
        List<String> names = use.inputs();
        if (names.isEmpty()) {
            throw new InputException(
                            "there is no column to learn from" + (use.paths().isEmpty() ? "" : " beside the pictures"),
                            use.paths().isEmpty()
                                    ? "Columns: " + Names.list(use.table().names()) + "."
                                    : "To learn from pictures alone, use type: images with table:.")
                    .inFile(use.table().place());
        }
        List<Encoding.Column> columns =
                names.stream().map(name -> use.input(name).encoding()).toList();
        return use.groups().isEmpty()
                ? new Encoding(
                        Shape.of(columns.stream()
                                .mapToInt(Encoding.Column::width)
                                .sum()),
                        columns,
                        OPEN)
                : new Encoding(InputNames.of(use.groups(), columns), columns, OPEN);
    }

    /** Return the inputs: one number for each column and row, that of its name if the column has names. */
    CsvCells encode(Encoding encoding) {
        List<Encoding.Column> columns = columns(encoding);
        int rows = use.table().size();
        if ((long) rows * columns.size() > LARGEST) {
            throw new InputException(
                            rows + " rows of " + columns.size() + " columns exceed the limit of cells, " + LARGEST,
                            "Split the file, or list fewer columns with columns:.")
                    .inFile(use.table().place());
        }
        double[] cells = new double[rows * columns.size()];
        int unknown = 0;
        for (int j = 0; j < columns.size(); j++) {
            CsvColumn column = use.input(columns.get(j).name());
            List<String> names = columns.get(j).categories();
            double[] values = column.encode(names, CsvUse.REFUSE);
            int substitute = substitute(columns.get(j));
            for (int i = 0; i < rows; i++) {
                boolean isUnknown = !names.isEmpty() && values[i] == CsvColumn.UNKNOWN;
                cells[i * columns.size() + j] = isUnknown ? substitute : values[i];
                unknown += isUnknown ? 1 : 0;
            }
        }
        return new CsvCells(cells, unknown);
    }

    /** Return the names of each row, by column; empty for a column whose cells have one name, or a number. */
    List<Optional<Bags>> bags(Encoding encoding) {
        return columns(encoding).stream()
                .map(column -> encoding.columns().isEmpty()
                                || !use.input(column.name()).isBag()
                        ? Optional.<Bags>empty()
                        : Optional.of(new BagColumn(use.input(column.name())).bags(column.categories(), CsvUse.REFUSE)))
                .toList();
    }

    /** Return the number of the name that replaces unknown ones; {@link CsvColumn#UNKNOWN} if none does. */
    private int substitute(Encoding.Column column) {
        return use.unknown() == Unknown.MOST_COMMON
                ? column.fallback().map(column.categories()::indexOf).orElse(CsvColumn.UNKNOWN)
                : CsvColumn.UNKNOWN;
    }

    /**
     * Return the columns that are read. Examples that were not a table have none: their numbers are read in the file's
     * order.
     */
    List<Encoding.Column> columns(Encoding encoding) {
        return encoding.columns().isEmpty()
                ? use.unlearned().stream()
                        .map(name -> new Encoding.Column(name, List.of()))
                        .toList()
                : encoding.columns();
    }

    private void requireTrained(Encoding training) {
        if (training.columns().isEmpty()) {
            requireCount(training);
            return;
        }
        List<String> wanted =
                training.columns().stream().map(Encoding.Column::name).toList();
        Set<String> has = new LinkedHashSet<>(use.table().names());
        List<String> missing = wanted.stream()
                .map(use::source)
                .distinct()
                .filter(name -> !has.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new InputException(
                            (missing.size() == 1
                                            ? "a column of the training examples is"
                                            : "columns of the training examples are")
                                    + " missing: " + Names.list(missing),
                            "The file has: " + Names.list(new ArrayList<>(has)) + ".",
                            "Required, in any order: "
                                    + Names.list(wanted.stream()
                                            .map(use::source)
                                            .distinct()
                                            .toList()) + ".")
                    .inFile(use.table().place());
        }
    }

    /**
     * Require a most common name for every column of names: a model stores it only if the training source requests it,
     * and stores no other counts of names.
     */
    private void requireFallbacks(Encoding training) {
        boolean some = training.columns().stream()
                .anyMatch(column -> !column.categories().isEmpty()
                        && column.fallback().isEmpty()
                        && !use.input(column.name()).takesAllNames());
        if (use.unknown() == Unknown.MOST_COMMON && some) {
            throw new InputException(
                            "unknown is most_common, but not in the training source",
                            "Write unknown: most_common under data.train, too, or unknown: zeros here.")
                    .atConfig("unknown");
        }
    }

    private void requireCount(Encoding training) {
        List<String> own = use.unlearned();
        if (own.size() != training.shape().size()) {
            throw new InputException(
                            "the file has " + own.size() + " input columns, but the training examples are "
                                    + training.shape(),
                            "Columns: " + Names.list(own) + ".")
                    .inFile(use.table().place());
        }
    }
}
