package dev.chainrule.builtin.data.table;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.builtin.data.Names;
import dev.chainrule.builtin.data.Unknown;
import dev.chainrule.table.Column;
import dev.chainrule.table.NumberForm;
import dev.chainrule.table.OtherForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * A column of inputs or targets, made from a column of a table: its numbers, those of its names, or a part of its dates.
 *
 * @param name of the inputs
 * @param forced whether its cells are names although they look like numbers
 * @param gaps whether cells may be without a value, to be filled later
 * @param unknown the fate of names that no training example has; empty for a target, whose names are classes
 * @param form of the inputs that cells become, if it is not the usual one
 * @param date the part of the cells, if they are dates
 */
record CsvColumn(
        String name,
        Column cells,
        boolean forced,
        boolean gaps,
        Optional<Unknown> unknown,
        Optional<ColumnForm> form,
        Optional<DateInput> date) {
    /** The number of a name that no training example has and that is not refused; names are numbered from 0. */
    static final int UNKNOWN = -1;

    private static final String FILL =
            "Every cell requires a value: fill it in, drop such rows with missing: drop, or use missing: keep "
                    + "and the transform fill.";

    /** Return whether no name is unknown: names are hashed, or those that are not known are left out. */
    boolean takesAllNames() {
        return form.isPresent() && form.get().as() != ColumnForm.Kind.ORDINAL;
    }

    /** Return whether a cell has several names. */
    boolean isBag() {
        return form.isPresent() && form.get().isBag();
    }

    /**
     * Return the encoding of the column: one number, or one input for each of its names.
     *
     * @throws InputException if a cell is missing, or some cells are numbers and some are not
     */
    Encoding.Column encoding() {
        if (date.isPresent() || holdsNumbers()) {
            return new Encoding.Column(name, List.of());
        }
        if (form.flatMap(ColumnForm::buckets).isPresent()) {
            return new Encoding.Column(name, Buckets.names(form.get().buckets().get()));
        }
        if (isBag()) {
            return new Encoding.Column(name, new BagColumn(this).names());
        }
        if (!gaps) {
            requireValues();
        }
        Map<String, Integer> counts = cells.counts();
        if (counts.isEmpty()) {
            throw new InputException(
                            "column '" + name + "' has no value in any row",
                            "List the columns that have values with columns:.")
                    .inFile(cells.table().place());
        }
        List<String> names =
                form.flatMap(ColumnForm::order).map(this::ordered).orElseGet(() -> Names.sorted(counts.keySet()));
        return new Encoding.Column(
                name,
                names,
                unknown.filter(Unknown.MOST_COMMON::equals).map(fate -> mostCommon(names, counts)),
                form.isPresent());
    }

    /** Require that a list has all names of the cells. */
    private List<String> ordered(List<String> names) {
        Set<String> known = new TreeSet<>(names);
        for (int row = 0; row < cells.table().size(); row++) {
            if (!known.contains(cells.cell(row)) && !cells.isMissing(row, false)) {
                throw problem(
                        row,
                        "has '" + cells.cell(row) + "', which is not in its order",
                        "Its order: " + Names.list(names) + ".");
            }
        }
        return names;
    }

    /** Return the name that occurs most often, the first among equals. */
    private static String mostCommon(List<String> names, Map<String, Integer> counts) {
        String best = names.get(0);
        for (String name : names) {
            best = counts.getOrDefault(name, 0) > counts.getOrDefault(best, 0) ? name : best;
        }
        return best;
    }

    /**
     * Return whether the cells are numbers: not forced to be names, and every one that is not missing is a number.
     *
     * @throws InputException if some are numbers and some are not, or all look like numbers in another form
     */
    boolean holdsNumbers() {
        if (forced || form.isPresent()) {
            return false;
        }
        Column.Contents contents = cells.contents();
        // A single typing error must not turn a column of numbers into hundreds of categories.
        if (contents.isMixed()) {
            throw mixed(contents);
        }
        if (contents.isNames()) {
            refuseOtherForms(contents);
        }
        return contents.isNumbers();
    }

    /**
     * Return a number for each cell: its value, or that of its name; NaN for a gap, if gaps are allowed, and
     * {@link #UNKNOWN} for an unknown name, if those are allowed.
     *
     * @param names the names that are known; empty for a column of numbers
     * @param refused receives a row whose cell has no number, and the reason; its number is NaN then
     */
    double[] encode(List<String> names, BiConsumer<Integer, InputException> refused) {
        if (date.isPresent()) {
            return date.get().numbers(this, refused);
        }
        if (isBag()) {
            new BagColumn(this).bags(names, refused);
            return new double[cells.table().size()];
        }
        return names.isEmpty() ? numbers(refused) : numbersOf(names, refused);
    }

    private double[] numbers(BiConsumer<Integer, InputException> refused) {
        double[] values = cells.numbers();
        for (int row = 0; row < values.length; row++) {
            if (Double.isInfinite(values[row])) {
                refused.accept(
                        row,
                        problem(
                                row,
                                "has " + cells.cell(row) + ", which is out of range",
                                "The largest number is 1.79e308."));
                values[row] = Double.NaN;
            } else if (Double.isNaN(values[row]) && !(gaps && cells.isMissing(row, true))) {
                String note = "The column contains numbers such as 12, -0.5 or 1e-3.";
                refused.accept(row, cells.isMissing(row, true) ? missing(row) : notNumber(row, note));
            }
        }
        requireOneUnit(values);
        return values;
    }

    private double[] numbersOf(List<String> names, BiConsumer<Integer, InputException> refused) {
        boolean hashed = form.isPresent() && form.get().as() == ColumnForm.Kind.HASH;
        Map<String, Integer> known = Names.numbered(names);
        Map<Double, Integer> byValue = values(names);
        double[] values = new double[cells.table().size()];
        for (int row = 0; row < values.length; row++) {
            String cell = cells.cell(row);
            Integer number = known.get(cell);
            if (number == null && !byValue.isEmpty()) {
                number = byValue.get(cells.table().format().numbers().parse(cell) + 0.0);
            }
            if (hashed && !cells.isMissing(row, false)) {
                number = Buckets.of(cell, names.size());
            }
            values[row] = number == null ? withoutNumber(row, names, refused) : number;
        }
        return values;
    }

    private double withoutNumber(int row, List<String> names, BiConsumer<Integer, InputException> refused) {
        boolean missing = cells.isMissing(row, false);
        if (missing ? !gaps : unknown.orElse(Unknown.ERROR) == Unknown.ERROR) {
            refused.accept(row, missing ? missing(row) : unknown(row, cells.cell(row), names));
            return Double.NaN;
        }
        return missing ? Double.NaN : UNKNOWN;
    }

    /** Return the numbers of names by their value, if all are numbers: then 1 and 1.0 are one class. */
    private Map<Double, Integer> values(List<String> names) {
        NumberForm form = cells.table().format().numbers();
        Map<Double, Integer> values = new LinkedHashMap<>();
        for (String name : names) {
            double value = form.isNumber(name) ? form.parse(name) : NumberForm.PLAIN.parse(name);
            if (Double.isNaN(value) || values.putIfAbsent(value + 0.0, values.size()) != null) {
                return Map.of();
            }
        }
        return values;
    }

    private void requireValues() {
        for (int row = 0; row < cells.table().size(); row++) {
            if (cells.isMissing(row, false)) {
                throw missing(row);
            }
        }
    }

    InputException missing(int row) {
        String cell = cells.cell(row);
        return problem(row, cell.isEmpty() ? "has no value" : "has '" + cell + "', which is not a value", FILL);
    }

    InputException unknown(int row, String text, List<String> names) {
        List<String> notes = new ArrayList<>(List.of("Known: " + Names.list(names) + "."));
        if (unknown.isPresent()) {
            notes.add("With unknown: zeros, such names are accepted: all inputs of the column are then 0.");
        }
        return problem(row, "has '" + text + "', which no training example has", notes.toArray(String[]::new));
    }

    /** Require one unit, since a number with a unit and one without it would mean different things. */
    private void requireOneUnit(double[] values) {
        NumberForm form = cells.table().format().numbers();
        if (form.units().isEmpty()) {
            return;
        }
        int first = -1;
        for (int row = 0; row < values.length; row++) {
            if (Double.isNaN(values[row])) {
                continue;
            }
            first = first < 0 ? row : first;
            if (!form.unit(cells.cell(row)).equals(form.unit(cells.cell(first)))) {
                throw problem(
                        row,
                        "has '" + cells.cell(row) + "', but above, '" + cells.cell(first) + "'",
                        "All numbers in a column must have the same unit, or none.");
            }
        }
    }

    private InputException mixed(Column.Contents contents) {
        int row = contents.firstOther();
        String cell = cells.cell(row);
        List<String> notes = new ArrayList<>();
        notes.add(contents.numbers() + " of the column's " + contents.rows() + " cells are numbers.");
        notes.add(OtherForm.advice(cell)
                .orElse("If it stands for a missing value, write missing_values: [ " + quoted(cell) + " ]."));
        notes.add("If the cells are names, list the column under categorical; otherwise, correct the cell.");
        return problem(row, "has '" + cell + "', which is not a number", notes.toArray(String[]::new));
    }

    private void refuseOtherForms(Column.Contents contents) {
        if (OtherForm.isUsual(cells)) {
            int row = contents.firstOther();
            String cell = cells.cell(row);
            throw problem(
                    row,
                    "has '" + cell + "', which looks like a number in another format",
                    OtherForm.advice(cell).orElse("Write numbers such as 1234.5."),
                    "If the cells are names, list the column under categorical.");
        }
    }

    private InputException notNumber(int row, String note) {
        String cell = cells.cell(row);
        List<String> notes = new ArrayList<>(List.of(note));
        OtherForm.advice(cell).ifPresent(notes::add);
        return problem(row, "has '" + cell + "', which is not a number", notes.toArray(String[]::new));
    }

    InputException problem(int row, String message, String... notes) {
        return cells.table().problem(row, "column '" + cells.name() + "' " + message, notes);
    }

    private static String quoted(String cell) {
        return "\"" + cell.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
