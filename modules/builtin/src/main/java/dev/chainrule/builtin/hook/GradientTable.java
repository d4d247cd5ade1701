package dev.chainrule.builtin.hook;

import dev.chainrule.api.GradientReport;
import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Print a {@link GradientReport} as a table, a line for each parameter. */
final class GradientTable {
    private static final String NAME = "parameter";

    private GradientTable() {}

    /** Return the table's lines, a title and a heading first. */
    static List<String> lines(GradientReport report, double tolerance) {
        int width =
                report.rows().stream().mapToInt(row -> row.parameter().length()).reduce(NAME.length(), Math::max);
        String form = "  %-8s  %-" + width + "s  %7s  %7s  %6s  %s";
        List<String> lines = new ArrayList<>();
        lines.add("gradient check " + (report.passed() ? "passed" : "failed")
                + ": backpropagation against central differences in float64, tolerance " + Numbers.format(tolerance));
        lines.add(String.format(
                Locale.ROOT, form, "equation", NAME, "checked", "at kink", "failed", "largest relative error"));
        for (GradientReport.Row row : report.rows()) {
            lines.add(String.format(
                    Locale.ROOT,
                    form,
                    row.equation(),
                    row.parameter(),
                    row.checked(),
                    row.atKink(),
                    row.failed(),
                    row.checked() == 0
                            ? "-"
                            : String.format(Locale.ROOT, "%.1e", row.worst().relativeError())));
        }
        return lines;
    }
}
