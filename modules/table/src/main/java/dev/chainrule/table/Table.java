package dev.chainrule.table;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.NameLists;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table from a file: named columns, and rows that all have a cell for each. Spaces around cells are removed, no-break
 * ones included. Blank lines are not rows, unless the table has one column.
 *
 * <p>A column without a name is called column_1, column_2, … by its place. A column with neither name nor value is
 * omitted, and so is an empty last cell that every row has and the header lacks. If every row has one cell more than
 * the header and it is not empty, the first column has no name: R writes row names this way.
 */
public final class Table {
    /** Possible delimiters, the surest sign of several columns first, each with its form in a config. */
    private static final List<Map.Entry<String, String>> DELIMITERS = List.of(
            Map.entry("\t", "\"\\t\""),
            Map.entry(";", "\";\""),
            Map.entry("|", "\"|\""),
            Map.entry(",", "\",\""),
            Map.entry(" ", "whitespace"));

    private final String place;
    private final TableFormat format;
    private final Rows all;
    private final List<Column> columns;
    /** The rows of data, as indices of {@code all}. */
    private final int[] rows;
    /** The columns by their names; null until first needed. */
    private Map<String, List<Column>> named;

    private Table(String place, TableFormat format, Rows all, List<Column> columns, int[] rows) {
        this.place = place;
        this.format = format;
        this.all = all;
        this.columns = columns;
        this.rows = rows;
    }

    /** Check the layout of rows and name their columns. */
    static Table of(String place, Rows all, TableFormat format) {
        int[] filled = new TableLayout(place, all).filled();
        if (filled.length == 0) {
            throw new InputException("the file has no rows").inFile(place);
        }
        if (format.header() && filled.length == 1) {
            throw new InputException(
                            "the file has a header but no rows",
                            "If the first line is not a header, write header: false.")
                    .inFile(place);
        }
        int[] data = format.header() ? Arrays.copyOfRange(filled, 1, filled.length) : filled;
        TableLayout layout = new TableLayout(place, all);
        int header = all.width(filled[0]);
        int width = layout.width(filled[0], data, format.header());
        int shift = width > header && !layout.isEmpty(data, width - 1) ? 1 : 0;
        List<Column> columns = new ArrayList<>();
        Table table = new Table(place, format, all, columns, data);
        for (int i = 0; i < width; i++) {
            String name = format.header() && i >= shift && i - shift < header ? all.cell(filled[0], i - shift) : "";
            if (!name.isEmpty() || !layout.isEmpty(data, i)) {
                columns.add(new Column(table, name.isEmpty() ? "column_" + (i + 1) : name, i));
            }
        }
        return table;
    }

    /** {@return the file's name, for messages} */
    public String place() {
        return place;
    }

    /** {@return the format of the file} */
    public TableFormat format() {
        return format;
    }

    /** {@return the columns in the order of the file} */
    public List<Column> columns() {
        return List.copyOf(columns);
    }

    /** {@return the names of the columns in the order of the file} */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** {@return the number of rows, at least 1} */
    public int size() {
        return rows.length;
    }

    /**
     * {@return a column}
     *
     * @param purpose the verb of the message: "be learned"
     * @throws InputException if there is not exactly one of that name
     */
    public Column column(String name, String purpose) {
        if (named == null) {
            named = columns.stream()
                    .collect(Collectors.groupingBy(Column::name, LinkedHashMap::new, Collectors.toList()));
        }
        List<Column> found = named.getOrDefault(name, List.of());
        if (found.isEmpty()) {
            throw new InputException(
                            "there is no column '" + name + "' that could " + purpose,
                            "Columns: " + NameLists.shown(names()) + "." + hint())
                    .inFile(place);
        }
        if (found.size() > 1) {
            throw new InputException(
                            found.size() + " columns are named '" + name + "'",
                            "Rename all but one in the header, or list the columns to use with columns:.")
                    .inFile(place + ":" + all.line(rows[0] - 1));
        }
        return found.get(0);
    }

    /** {@return the table with only the rows that pass a test of their indices, from 0} */
    public Table where(IntPredicate test) {
        int[] left =
                IntStream.range(0, rows.length).filter(test).map(i -> rows[i]).toArray();
        return left.length == rows.length ? this : copy(format, left);
    }

    /** {@return the same cells, with another form of numbers and other missing values} */
    public Table readAs(NumberForm numbers, MissingValues missing) {
        TableFormat as = format.withNumbers(numbers).withMissing(missing);
        return as.equals(format) ? this : copy(as, rows);
    }

    private Table copy(TableFormat as, int[] left) {
        List<Column> copies = new ArrayList<>();
        Table table = new Table(place, as, all, copies, left);
        columns.forEach(column -> copies.add(new Column(table, column.name(), column.index())));
        return table;
    }

    /** {@return the problem of a row} */
    public InputException problem(int row, String message, String... notes) {
        return new InputException(message, notes).inFile(place + ":" + line(row));
    }

    /** {@return the line of the file where a row begins, from 1} */
    public int line(int row) {
        return all.line(rows[row]);
    }

    /** {@return the lines of the file where the rows begin, from 1} */
    public int[] lines() {
        return IntStream.of(rows).map(all::line).toArray();
    }

    String cell(int row, int index) {
        return all.cell(rows[row], index);
    }

    double plainNumber(int row, int index) {
        return all.plainNumber(rows[row], index, format.numbers());
    }

    private String hint() {
        String only = columns.size() == 1 ? columns.get(0).name() : "";
        return DELIMITERS.stream()
                .filter(delimiter -> only.contains(delimiter.getKey()))
                .findFirst()
                .map(delimiter -> " If these are several, write delimiter: " + delimiter.getValue() + ".")
                .orElse("");
    }

    /** {@return the names of more than one column} */
    public Set<String> duplicates() {
        Set<String> seen = new LinkedHashSet<>();
        Set<String> twice = new LinkedHashSet<>();
        names().stream().filter(name -> !seen.add(name)).forEach(twice::add);
        return twice;
    }
}
