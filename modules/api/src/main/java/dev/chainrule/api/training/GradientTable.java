package dev.chainrule.api.training;

import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The text of a {@link GradientReport}: a table with a line for each quantity, then the faults. */
public final class GradientTable {
    private static final String GAP = "  ";
    private static final String FEW = "too few compared";
    private static final String FEW_MARK = "*";

    private GradientTable() {}

    /** One column; in a narrow terminal the least wanted ones are omitted, those without a finding first. */
    private record Column(
            String name, int least, boolean right, int wanted, Function<GradientReport.Row, String> cell) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("equation", 11, false, 5, GradientReport.Row::equation),
            new Column("quantity", 0, false, 9, GradientReport.Row::quantity),
            new Column("entries", 9, true, 1, row -> String.valueOf(row.entries())),
            new Column("checked", 7, true, 7, row -> String.valueOf(row.checked())),
            new Column("at kink", 7, true, 3, row -> String.valueOf(row.atKink())),
            new Column("unclear", 7, true, 4, row -> String.valueOf(row.unresolved())),
            new Column("failed", 6, true, 6, row -> String.valueOf(row.failed())),
            new Column(
                    "worst",
                    0,
                    false,
                    8,
                    row -> row.worst().map(GradientTable::error).orElse("-")));

    /**
     * {@return the table's lines, a title and a heading first}
     *
     * @param report the report to show
     * @param tolerance the tolerance of the check
     */
    public static List<String> lines(GradientReport report, double tolerance) {
        return lines(report, tolerance, Integer.MAX_VALUE);
    }

    /**
     * {@return the table's lines, a title and a heading first; rows fit the width, sentences may be longer}
     *
     * @param report the report to show
     * @param tolerance the tolerance of the check
     * @param width of the terminal in columns
     */
    public static List<String> lines(GradientReport report, double tolerance, int width) {
        List<String> lines = new ArrayList<>();
        lines.add("gradient check " + report.verdict().name().toLowerCase(Locale.ROOT)
                + ": backpropagation against slopes of the cost in float64, tolerance " + Numbers.format(tolerance));
        List<Column> columns = new ArrayList<>(COLUMNS);
        boolean few = report.rows().stream().anyMatch(GradientReport.Row::inconclusive);
        String note = few ? FEW : "";
        boolean tight = length(columns, report, note, false) >= width;
        if (tight) {
            note = few ? FEW_MARK : "";
        }
        while (length(columns, report, note, tight) >= width && columns.size() > 3) {
            columns.remove(columns.stream()
                    .min(Comparator.comparingInt((Column column) ->
                            isNothing(column, report) ? column.wanted() - COLUMNS.size() : column.wanted()))
                    .orElseThrow());
        }
        int excess = Math.max(0, length(columns, report, note, tight) - (width - 1));
        lines.addAll(rows(columns, report, note, tight, excess));
        if (note.equals(FEW_MARK)) {
            lines.add("  " + FEW_MARK + " " + FEW);
        }
        int skipped =
                report.rows().stream().mapToInt(GradientReport.Row::skipped).sum();
        if (skipped > 0) {
            lines.add("  " + skipped + " entries were skipped: the time limit was reached");
        }
        report.faults().forEach(fault -> lines.add("  " + text(fault)));
        return lines;
    }

    private static boolean isNothing(Column column, GradientReport report) {
        return report.rows().stream().allMatch(row -> column.cell().apply(row).equals("0"));
    }

    private static int length(List<Column> columns, GradientReport report, String note, boolean tight) {
        int length = note.isEmpty() ? 0 : GAP.length() + note.length();
        for (Column column : columns) {
            length += GAP.length() + width(column, report, tight);
        }
        return length;
    }

    private static int width(Column column, GradientReport report, boolean tight) {
        return report.rows().stream()
                .mapToInt(row -> column.cell().apply(row).length())
                .reduce(Math.max(column.name().length(), tight ? 0 : column.least()), Math::max);
    }

    /** Long names of quantities lose their beginnings if nothing else can be shortened. */
    private static List<String> rows(
            List<Column> columns, GradientReport report, String note, boolean tight, int excess) {
        StringBuilder heading = new StringBuilder();
        List<StringBuilder> rows =
                report.rows().stream().map(row -> new StringBuilder()).toList();
        for (Column column : columns) {
            int width = width(column, report, tight);
            int room = column.name().equals("quantity") ? Math.max(column.name().length(), width - excess) : width;
            heading.append(GAP).append(padded(column.name(), room, column.right()));
            for (int i = 0; i < rows.size(); i++) {
                String cell = column.cell().apply(report.rows().get(i));
                rows.get(i).append(GAP).append(padded(cell, room, column.right()));
            }
        }
        List<String> lines = new ArrayList<>(List.of(heading.toString().stripTrailing()));
        for (int i = 0; i < rows.size(); i++) {
            boolean few = report.rows().get(i).inconclusive();
            lines.add((rows.get(i) + (few ? GAP + note : "")).stripTrailing());
        }
        return lines;
    }

    private static String padded(String cell, int width, boolean right) {
        String fitting = cell.length() <= width ? cell : "…" + cell.substring(cell.length() - width + 1);
        String padding = " ".repeat(width - fitting.length());
        return right ? padding + fitting : fitting + padding;
    }

    /**
     * {@return a fault in a sentence or two: equation, layer, entry, both values and the likely cause}
     *
     * @param fault of a report
     */
    public static String text(GradientReport.Fault fault) {
        GradientReport.Row row = fault.row();
        GradientReport.Entry worst = row.worst().orElseThrow();
        return fault.equation() + " is wrong in " + fault.layer() + ": " + row.quantity() + " differs in "
                + row.failed() + " of " + row.checked() + " entries, most at [" + worst.row() + ", " + worst.column()
                + "], where backpropagation gives " + Numbers.format(worst.analytic())
                + " and the slope of the cost is " + Numbers.format(worst.numeric()) + ", relative error "
                + error(worst)
                + fault.cause().map(cause -> ". Likely cause: " + cause).orElse("");
    }

    private static String error(GradientReport.Entry entry) {
        return String.format(Locale.ROOT, "%.1e", entry.relativeError());
    }
}
