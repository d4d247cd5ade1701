package dev.chainrule.engine.advice;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.engine.assembly.Advice;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.experiment.WarningKind;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.ConfigPaths;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Advice on the input columns of a table. */
final class ColumnAdvice {
    /** 2024-05-31, 31.5.24, 5/31/2024, 2024-05, 31 May 2024; not 20-29, which is a range. */
    private static final String DATE = "(?:[0-9]{4}([-/.])[0-9]{1,2}\\1[0-9]{1,2}"
            + "|[0-9]{1,2}([-/.])[0-9]{1,2}\\2(?:[0-9]{2}|[0-9]{4})"
            + "|[0-9]{4}[-/](?:0[1-9]|1[0-2])"
            + "|[0-9]{1,2}[- ]\\p{L}{3,9}[- ](?:[0-9]{2}|[0-9]{4}))";

    /** 8:30, 08:30:15.250, 8:30 pm, 08:30:15Z, 08:30+02:00. */
    private static final String TIME =
            "[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?: ?(?i:[ap]m))?(?:Z| ?[+-][0-9]{2}:?[0-9]{2})?";

    private static final Pattern MOMENT = Pattern.compile(DATE + "(?:[T ]" + TIME + ")?|" + TIME);

    private static final double NEARLY_ALL = 0.9;
    /** Fewer different moments may be a schedule, such as the days of a course. */
    private static final int FEWEST_MOMENTS = 5;
    /** The number of examples per name that allows a model to learn something about each. */
    private static final int ENOUGH_PER_NAME = 10;

    private static final int MANY_NAMES = 20;
    private static final int THOUSANDS = 1000;
    private static final int FEWEST_ROWS = 10;

    private final Assembly assembly;
    private final DataSource table;
    private final List<Encoding.Column> columns;

    private ColumnAdvice(Assembly assembly) {
        this.assembly = assembly;
        this.table = assembly.datasets().train().source();
        this.columns = table.encoding().columns();
    }

    static List<Advice> of(Assembly assembly) {
        ColumnAdvice advice = new ColumnAdvice(assembly);
        List<Advice> found = new ArrayList<>();
        int from = 0;
        for (Encoding.Column column : advice.columns) {
            advice.names(column, from, found);
            from += column.width();
        }
        advice.rowNumbers(found);
        return found;
    }

    /** Return the path at which a column is listed, or else the source's path. */
    static String path(Assembly assembly, String column) {
        return assembly.experiment().data().train() instanceof Record source
                ? ConfigPaths.find("data.train", source, column::equals).orElse("data.train")
                : "data.train";
    }

    private void names(Encoding.Column column, int from, List<Advice> found) {
        if (column.ordinal()) {
            return;
        }
        int names = column.categories().size();
        long moments = column.categories().stream()
                .filter(name -> MOMENT.matcher(name).matches())
                .count();
        if (names >= FEWEST_MOMENTS && moments >= NEARLY_ALL * names && table.size() < ENOUGH_PER_NAME * (long) names) {
            found.add(new Advice(
                    WarningKind.NUMERIC_NAMES,
                    path(assembly, column.name()),
                    "column '" + column.name() + "' has dates or times, such as '"
                            + column.categories().get(0) + "', and is read as " + names + " names",
                    "Each name becomes a separate input. Write encode: { " + column.name()
                            + ": dates } in the source, or list the other columns with columns:."));
        } else if ((names >= MANY_NAMES && 2 * names > table.size()
                        || names >= THOUSANDS && ENOUGH_PER_NAME * (long) names > table.size())
                && !hasSeveral(column, from)) {
            found.add(new Advice(
                    WarningKind.MANY_NAMES,
                    path(assembly, column.name()),
                    "column '" + column.name() + "' has " + names + " names in " + table.size() + " rows",
                    "Each name becomes a separate input, with hardly any examples to learn from. Write encode: { "
                            + column.name()
                            + ": ordinal } for the layer embed, or list the other columns with columns:."));
        }
    }

    /** Return whether some row has several of a column's names, as of words or the members of sets: these are many by nature. */
    private boolean hasSeveral(Encoding.Column column, int from) {
        Matrix x = new DoubleMatrix(1, table.encoding().shape().size());
        for (int row = 0; row < table.size(); row++) {
            table.readInput(row, x, 0);
            double sum = 0;
            for (int j = from; j < from + column.width(); j++) {
                sum += x.get(0, j);
            }
            if (sum > 1) {
                return true;
            }
        }
        return false;
    }

    /** Find columns of numbers that are 0, 1, 2, … or 1, 2, 3, …, each once, in any order. */
    private void rowNumbers(List<Advice> found) {
        Map<Integer, BitSet> candidates = new TreeMap<>();
        int input = 0;
        for (Encoding.Column column : columns) {
            if (column.categories().isEmpty()) {
                candidates.put(input, new BitSet());
            }
            input += column.width();
        }
        // A single input column is not an accompanying row number: it is the data.
        if (columns.size() == 1 || table.size() < FEWEST_ROWS) {
            return;
        }
        Matrix x = new DoubleMatrix(1, table.encoding().shape().size());
        for (int row = 0; row < table.size() && !candidates.isEmpty(); row++) {
            table.readInput(row, x, 0);
            candidates.entrySet().removeIf(each -> !isNew(x.get(0, each.getKey()), each.getValue()));
        }
        candidates.forEach((place, seen) -> {
            if (!seen.get(0) || !seen.get(table.size())) {
                found.add(rowNumber(place));
            }
        });
    }

    /** Return whether a value is a whole number up to the number of rows that has not occurred before. */
    private boolean isNew(double value, BitSet seen) {
        if (value < 0 || value > table.size() || value != Math.rint(value) || seen.get((int) value)) {
            return false;
        }
        seen.set((int) value);
        return true;
    }

    private Advice rowNumber(int place) {
        int end = 0;
        String name = "";
        for (Encoding.Column column : columns) {
            name = end <= place ? column.name() : name;
            end += column.width();
        }
        return new Advice(
                WarningKind.ROW_NUMBERS,
                path(assembly, name),
                "column '" + name + "' contains row numbers",
                "They say nothing about new examples. List the other columns with columns:.");
    }
}
