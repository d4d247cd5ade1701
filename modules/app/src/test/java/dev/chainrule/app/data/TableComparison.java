package dev.chainrule.app.data;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.math.DoubleMatrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** The examples that a data source made of a table, beside the oracle's reading of it: every row, number and name. */
final class TableComparison {
    private final OracleTable table;
    private final DataSource source;
    private final Encoding encoding;
    private final int[] rows;

    private TableComparison(OracleTable table, DataSource source) {
        this.table = table;
        this.source = source;
        this.encoding = source.encoding();
        this.rows = used();
    }

    /** Return the first difference, in words; empty if there is none. */
    static Optional<String> difference(OracleTable table, DataSource source) {
        List<String> read =
                source.encoding().columns().stream().map(Encoding.Column::name).toList();
        List<String> wanted = new ArrayList<>(table.inputs());
        wanted.removeIf(name -> table.aloud().contains(name) && !read.contains(name));
        if (!read.equals(wanted)) {
            return Optional.of("inputs are " + read + ", not " + wanted);
        }
        if (!table.columns().keySet().containsAll(read) || !table.columns().containsKey(table.target())) {
            return Optional.of("a column that nobody can read is used: " + read);
        }
        return new TableComparison(table, source).difference();
    }

    private Optional<String> difference() {
        if (source.size() != rows.length) {
            return Optional.of(source.size() + " rows, not " + rows.length);
        }
        if (encoding.target().isClass() != table.classes()) {
            return Optional.of("the target is " + (table.classes() ? "a class" : "a number"));
        }
        Map<Object, String> classes = new LinkedHashMap<>();
        DoubleMatrix x = new DoubleMatrix(1, encoding.shape().size());
        DoubleMatrix y = new DoubleMatrix(1, encoding.target().width());
        for (int i = 0; i < rows.length; i++) {
            source.readInput(i, x, 0);
            source.readTarget(i, y, 0);
            int place = 0;
            for (Encoding.Column column : encoding.columns()) {
                Object wanted = value(column.name(), i);
                Object got = column.categories().isEmpty() ? (Object) x.get(0, place) : name(column, x, place);
                boolean same = wanted == null ? isGap(column, x, place) : wanted.equals(got);
                if (!same) {
                    return Optional.of("row " + i + ", '" + column.name() + "': '" + got + "', not '" + wanted + "'");
                }
                place += column.width();
            }
            Optional<String> wrong = target(i, y, classes);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        boolean all = !table.classes() || encoding.target().names().size() == classes.size();
        return all
                ? Optional.empty()
                : Optional.of("classes are " + encoding.target().names() + ", not " + classes);
    }

    /** A class of numbers has the value's first spelling as its name: the same value must be the same class. */
    private Optional<String> target(int i, DoubleMatrix y, Map<Object, String> classes) {
        Target target = encoding.target();
        Object wanted = value(table.target(), i);
        Object got = target.isClass() ? target.names().get((int) y.get(0, 0)) : (Object) y.get(0, 0);
        boolean same = target.isClass() && wanted instanceof Double
                ? Objects.equals(got, classes.putIfAbsent(wanted, (String) got) == null ? got : classes.get(wanted))
                : wanted.equals(got);
        if (target.isClass()) {
            classes.put(wanted, (String) got);
        }
        return same
                ? Optional.empty()
                : Optional.of("row " + i + ", target: '" + got + "', not '" + wanted + "' of " + classes);
    }

    private static boolean isGap(Encoding.Column column, DoubleMatrix x, int place) {
        return IntStream.range(place, place + column.width()).allMatch(j -> Double.isNaN(x.get(0, j)));
    }

    private static String name(Encoding.Column column, DoubleMatrix x, int place) {
        List<String> set = IntStream.range(0, column.width())
                .filter(j -> x.get(0, place + j) == 1)
                .mapToObj(column.categories()::get)
                .toList();
        return set.size() == 1 ? set.get(0) : set.toString();
    }

    private Object value(String column, int row) {
        return table.columns().get(column).get(rows[row]);
    }

    /** Return the rows that are learned from: those that have a target, as the oracle says. */
    private int[] used() {
        List<Object> target = table.columns().get(table.target());
        return IntStream.range(0, target.size())
                .filter(row -> target.get(row) != null)
                .toArray();
    }
}
