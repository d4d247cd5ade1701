package dev.chainrule.engine.check.report;

import dev.chainrule.api.training.GradientReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as maps and lists for JSON. */
public final class ReportJson {
    private ReportJson() {}

    /**
     * Return one check.
     *
     * @param step the number of updates before it
     */
    public static Map<String, Object> of(GradientReport report, long step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("step", step);
        json.put("verdict", report.verdict().name().toLowerCase(Locale.ROOT));
        json.put("faults", report.faults().stream().map(ReportJson::fault).toList());
        json.put("rows", report.rows().stream().map(ReportJson::row).toList());
        return json;
    }

    private static Map<String, Object> fault(GradientReport.Fault fault) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("equation", fault.equation());
        json.put("layer", fault.layer());
        json.put("quantity", fault.row().quantity());
        json.put("cause", fault.cause().orElse(null));
        return json;
    }

    private static Map<String, Object> row(GradientReport.Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("equation", row.equation());
        json.put("layer", row.layer());
        json.put("quantity", row.quantity());
        json.put("entries", row.entries());
        json.put("checked", row.checked());
        json.put("at_kink", row.atKink());
        json.put("unclear", row.unresolved());
        json.put("skipped", row.skipped());
        json.put("failed", row.failed());
        row.worst().ifPresent(worst -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("place", List.of(worst.row(), worst.column()));
            entry.put("backpropagation", worst.analytic());
            entry.put("slope", worst.numeric());
            entry.put("relative_error", worst.relativeError());
            json.put("worst", entry);
        });
        return json;
    }
}
