package dev.chainrule.api;

import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Put a {@link GradientReport} into words: a table with a line for each quantity, then the faults. */
public final class GradientTable {
    private static final String NAME = "quantity";
    private static final String FORM = "  %-11s  %-@s  %9s  %7s  %7s  %7s  %6s  %s";

    private GradientTable() {}

    /**
     * {@return the table's lines, a title and a heading first}
     *
     * @param report what is shown
     * @param tolerance what the check was asked to pass
     */
    public static List<String> lines(GradientReport report, double tolerance) {
        int width =
                report.rows().stream().mapToInt(row -> row.quantity().length()).reduce(NAME.length(), Math::max);
        String form = FORM.replace("@", String.valueOf(width));
        List<String> lines = new ArrayList<>();
        lines.add("gradient check " + report.verdict().name().toLowerCase(Locale.ROOT)
                + ": backpropagation against slopes of the cost in float64, tolerance " + Numbers.format(tolerance));
        lines.add(String.format(
                Locale.ROOT, form, "equation", NAME, "entries", "checked", "at kink", "unclear", "failed", "worst"));
        for (GradientReport.Row row : report.rows()) {
            lines.add(String.format(
                            Locale.ROOT,
                            form,
                            row.equation(),
                            row.quantity(),
                            row.entries(),
                            row.checked(),
                            row.atKink(),
                            row.unresolved(),
                            row.failed(),
                            row.worst().map(GradientTable::error).orElse("-")
                                    + (row.inconclusive() ? "  too few compared" : ""))
                    .stripTrailing());
        }
        int skipped =
                report.rows().stream().mapToInt(GradientReport.Row::skipped).sum();
        if (skipped > 0) {
            lines.add("  " + skipped + " entries were left out, since the time was up");
        }
        report.faults().forEach(fault -> lines.add("  " + text(fault)));
        return lines;
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
