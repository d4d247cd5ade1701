package dev.chainrule.model.transform;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.NameLists;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A column of the examples, with its part in the filling of gaps.
 *
 * @param name for messages: {@code column 'age'}
 * @param from its first input
 * @param width the number of its inputs
 * @param names its names; empty for numbers
 * @param filled whether its gaps are filled
 * @param own whether a gap becomes a separate name, an input after the others
 * @param ordinal whether its input is the number of its name
 * @param last whether it is the last column of a named input, or of all: the indicators of the columns before follow it
 */
record FilledColumn(
        String name,
        int from,
        int width,
        List<String> names,
        boolean filled,
        boolean own,
        boolean ordinal,
        boolean last) {
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
        List<Integer> ends = encoding.inputs().isEmpty()
                ? List.of(inputs)
                : encoding.inputs().stream()
                        .map(input -> encoding.first(input) + input.shape().size())
                        .toList();
        int table = columns.isEmpty()
                ? inputs
                : columns.stream().mapToInt(Encoding.Column::width).sum();
        for (int from = 0, i = 0; from < table; i++) {
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
            int width = column.map(Encoding.Column::width).orElse(1);
            found.add(new FilledColumn(
                    encoding.columnName(from),
                    from,
                    width,
                    names,
                    filled,
                    filled && isOwn,
                    column.map(Encoding.Column::ordinal).orElse(false),
                    ends.contains(from + width)));
            from += width;
        }
        requireAny(fill, found);
        if (table < inputs) { // pictures beside the columns
            found.add(new FilledColumn("", table, inputs - table, List.of(), false, false, false, true));
        }
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
        int[] added = new int[encoding.shape().size()];
        for (int i = 0; i < columns.size(); i++) {
            FilledColumn column = columns.get(i);
            boolean indicated = fill.indicator() && column.filled();
            added[column.from()] = (column.own() && !column.ordinal() ? 1 : 0) + (indicated ? 1 : 0);
            if (i < encoding.columns().size()) {
                filled.add(column.column(encoding.columns().get(i)));
            }
            if (!encoding.columns().isEmpty() && indicated) {
                indicators.add(indicator(encoding, i));
            }
            if (column.last()) {
                filled.addAll(indicators);
                indicators.clear();
            }
        }
        if (IntStream.of(added).sum() == 0 && columns.stream().noneMatch(FilledColumn::own)) {
            return encoding;
        }
        try {
            return WiderEncoding.of(encoding, added, filled, "indicator");
        } catch (InputException e) {
            throw e.atConfig("indicator");
        }
    }

    /** Return the encoding of the filled column. */
    private Encoding.Column column(Encoding.Column before) {
        List<String> filled = new ArrayList<>(before.categories());
        if (own) {
            filled.add(unused(GAP, filled));
        }
        return new Encoding.Column(before.name(), filled, before.fallback(), before.ordinal());
    }

    private static Encoding.Column indicator(Encoding encoding, int index) {
        List<String> taken =
                encoding.columns().stream().map(Encoding.Column::name).toList();
        return new Encoding.Column(unused(taken.get(index) + "_" + GAP, taken), List.of());
    }

    private static String unused(String name, List<String> taken) {
        String unused = name;
        while (taken.contains(unused)) {
            unused += "_";
        }
        return unused;
    }
}
