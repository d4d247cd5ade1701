package dev.chainrule.model.transform;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.NameLists;
import dev.chainrule.api.value.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A column of the examples, with its part in the filling of gaps.
 *
 * @param name for messages: {@code column 'age'}
 * @param from its first input
 * @param width the number of its inputs
 * @param names its names; empty for numbers
 * @param filled whether its gaps are filled
 * @param own whether a gap becomes a separate name, an input after the others
 */
record FilledColumn(String name, int from, int width, List<String> names, boolean filled, boolean own) {
    private static final String GAP = "missing";

    /**
     * Return the columns of an encoding; for examples that are not a table, their inputs.
     *
     * @throws InputException if a column to be filled does not exist or cannot be filled that way
     */
    static List<FilledColumn> of(Fill fill, Encoding encoding) {
        ChosenColumns.require(fill.columns(), encoding);
        List<Encoding.Column> columns = encoding.columns();
        List<FilledColumn> found = new ArrayList<>();
        int inputs = encoding.shape().size();
        for (int from = 0, i = 0; from < inputs; i++) {
            Optional<Encoding.Column> column = columns.isEmpty() ? Optional.empty() : Optional.of(columns.get(i));
            List<String> names = column.map(Encoding.Column::categories).orElse(List.of());
            boolean fits =
                    names.isEmpty() ? fill.with().fillsNumbers() : fill.with().fillsNames();
            boolean asked = fill.columns().isPresent()
                    && fill.columns().get().contains(column.orElseThrow().name());
            // A number fills columns of numbers, unless the user lists a column with that number as a name.
            boolean meant = fits && (names.isEmpty() || fill.with().number().isEmpty());
            boolean filled = fill.columns().isPresent() ? asked : meant;
            if (asked && !fits) {
                throw unfit(fill.with(), encoding.columnName(from), names);
            }
            boolean isOwn = fill.with().rule().equals(Optional.of(FillValue.Rule.OWN));
            if (filled
                    && !names.isEmpty()
                    && fill.with().rule().isEmpty()
                    && !names.contains(fill.with().text())) {
                throw new InputException(
                                encoding.columnName(from) + " has no name '" + fill.with() + "'",
                                "Its names: " + NameLists.shown(names) + ".",
                                "Write own for a separate name; mean, median and most_common are computed from "
                                        + "the training examples.")
                        .atConfig("with");
            }
            int width = Math.max(1, names.size());
            found.add(new FilledColumn(encoding.columnName(from), from, width, names, filled, filled && isOwn));
            from += width;
        }
        requireAny(fill, found);
        return found;
    }

    private static void requireAny(Fill fill, List<FilledColumn> columns) {
        if (columns.stream().noneMatch(FilledColumn::filled)) {
            throw new InputException(
                            "no column can be filled with " + fill.with(),
                            fill.with().fillsNumbers()
                                    ? "All columns contain names: use most_common, own or one of their names."
                                    : "All columns contain numbers: use mean, median, most_common or a number.")
                    .atConfig("with");
        }
    }

    private static InputException unfit(FillValue with, String column, List<String> names) {
        return new InputException(
                        column + " contains " + (names.isEmpty() ? "numbers" : "names") + ", which cannot be "
                                + "filled with "
                                + with,
                        names.isEmpty()
                                ? "Use mean, median, most_common or a number."
                                : "Use most_common, own, or one of its names: " + NameLists.shown(names) + ".")
                .atConfig("with");
    }

    /** Return the encoding of filled examples. */
    static Encoding filled(Fill fill, List<FilledColumn> columns, Encoding encoding) {
        List<Encoding.Column> filled = new ArrayList<>();
        List<Encoding.Column> indicators = new ArrayList<>();
        int added = 0;
        for (int i = 0; i < columns.size(); i++) {
            FilledColumn column = columns.get(i);
            boolean indicated = fill.indicator() && column.filled();
            added += (column.own() ? 1 : 0) + (indicated ? 1 : 0);
            if (encoding.columns().isEmpty()) {
                continue;
            }
            Encoding.Column before = encoding.columns().get(i);
            List<String> names = new ArrayList<>(before.categories());
            if (column.own()) {
                names.add(unused(GAP, names));
            }
            filled.add(new Encoding.Column(before.name(), names, before.fallback()));
            if (indicated) {
                List<String> taken =
                        encoding.columns().stream().map(Encoding.Column::name).toList();
                indicators.add(new Encoding.Column(unused(before.name() + "_" + GAP, taken), List.of()));
            }
        }
        if (added == 0) {
            return encoding;
        }
        if (encoding.shape().dimensions().size() > 1) {
            throw new InputException(
                            "an example has the shape " + encoding.shape() + ", to which no input can be added",
                            "Remove indicator.")
                    .atConfig("indicator");
        }
        filled.addAll(indicators);
        return new Encoding(Shape.of(encoding.shape().size() + added), filled, encoding.targets());
    }

    private static String unused(String name, List<String> taken) {
        String unused = name;
        while (taken.contains(unused)) {
            unused += "_";
        }
        return unused;
    }
}
