package dev.chainrule.model.transform;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.NameLists;
import dev.chainrule.api.error.ParameterException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The columns to which a transform applies, as its keys {@code columns} and {@code only} choose them. */
public final class ChosenColumns {
    private ChosenColumns() {}

    /**
     * Return a copy of the names.
     *
     * @throws ParameterException if the list is empty or names a column twice
     */
    public static Optional<List<String>> distinct(Optional<List<String>> columns) {
        columns.ifPresent(names -> {
            ParameterException.require(!names.isEmpty(), "columns", names, "at least one column");
            ParameterException.require(
                    names.stream().distinct().count() == names.size(), "columns", names, "distinct columns");
        });
        return columns.map(List::copyOf);
    }

    /**
     * Return a copy of the names.
     *
     * @throws ParameterException if there are both names and a kind, or as of {@link #distinct(Optional)}
     */
    static Optional<List<String>> distinct(Optional<List<String>> columns, Optional<ColumnKind> only) {
        boolean both = columns.isPresent() && only.isPresent();
        ParameterException.require(!both, "columns", columns.orElse(List.of()), "no value if only is given");
        return distinct(columns);
    }

    /**
     * Require that each column exists.
     *
     * @throws InputException at {@code columns} if one does not
     */
    public static void require(Optional<List<String>> columns, Encoding encoding) {
        List<String> known =
                encoding.columns().stream().map(Encoding.Column::name).toList();
        for (String name : columns.orElse(List.of())) {
            if (!known.contains(name)) {
                throw new InputException(
                                "there is no column '" + name + "'",
                                known.isEmpty()
                                        ? "The examples have no named columns: remove columns."
                                        : "Columns: " + NameLists.shown(known) + ".")
                        .atConfig("columns");
            }
        }
    }

    /**
     * Return the encoding of examples of which some inputs have been replaced by functions of them: ordinal columns among them are numbers
     * from then on.
     */
    static Encoding asNumbers(Encoding encoding, int... inputs) {
        if (encoding.columns().stream().noneMatch(Encoding.Column::ordinal)) {
            return encoding;
        }
        List<Encoding.Column> columns = new ArrayList<>();
        int from = 0;
        for (Encoding.Column column : encoding.columns()) {
            boolean isChanged = column.ordinal() && Arrays.binarySearch(inputs, from) >= 0;
            columns.add(isChanged ? new Encoding.Column(column.name(), List.of()) : column);
            from += column.width();
        }
        return new Encoding(encoding.shape(), encoding.inputs(), columns, encoding.targets());
    }

    /**
     * Return the inputs of the chosen columns, ascending: those of the listed columns, or those of a kind.
     *
     * @param only the kind if there is no list
     * @throws InputException if there are none
     */
    public static int[] inputs(Optional<List<String>> columns, ColumnKind only, Encoding encoding) {
        require(columns, encoding);
        if (encoding.columns().isEmpty() && only == ColumnKind.NUMBERS) {
            return IntStream.range(0, encoding.shape().size()).toArray();
        }
        IntStream.Builder chosen = IntStream.builder();
        int from = 0;
        for (Encoding.Column column : encoding.columns()) {
            boolean isKind = column.categories().isEmpty() == (only == ColumnKind.NUMBERS);
            if (columns.map(listed -> listed.contains(column.name())).orElse(isKind)) {
                IntStream.range(from, from + column.width()).forEach(chosen);
            }
            from += column.width();
        }
        int[] inputs = chosen.build().toArray();
        if (inputs.length == 0) {
            boolean numbers = only == ColumnKind.NUMBERS;
            throw new InputException(
                    "no column contains " + (numbers ? "numbers" : "names"),
                    numbers ? "Remove this transform." : "Remove only.");
        }
        return inputs;
    }
}
