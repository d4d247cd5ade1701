package dev.chainrule.app.report;

import dev.chainrule.app.record.RunFiles;
import dev.chainrule.app.report.page.Grid;
import dev.chainrule.app.report.page.Markup;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.math.Numbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The results of gradient checks, as gradient_check.json has them. */
final class GradientSection {
    private GradientSection() {}

    /** Return the checks; empty if there is no file, or it is damaged. */
    static List<Map<?, ?>> read(Path file) {
        List<Map<?, ?>> checks = new ArrayList<>();
        String text = String.join("\n", RunFiles.lines(file));
        try {
            if (!text.isEmpty() && JsonReader.read(text) instanceof List<?> all) {
                for (Object check : all) {
                    if (check instanceof Map<?, ?> map) {
                        checks.add(map);
                    }
                }
            }
        } catch (IllegalArgumentException damaged) {
            return List.of();
        }
        return checks;
    }

    static void draw(List<Map<?, ?>> checks, Markup page) {
        for (Map<?, ?> check : checks) {
            List<List<String>> rows = new ArrayList<>();
            if (check.get("rows") instanceof List<?> all) {
                for (Object row : all) {
                    if (row instanceof Map<?, ?> map) {
                        rows.add(row(map));
                    }
                }
            }
            page.open("p")
                    .text("Before step " + (text(check.get("step")).equals("") ? "1" : next(check.get("step"))) + ": ")
                    .element("b", text(check.get("verdict")))
                    .text(", " + rows.size() + " quantities compared with central differences.")
                    .close("p");
            page.open("details").element("summary", "each quantity");
            new Grid(
                            "Gradients",
                            List.of("quantity", "equation", "entries", "checked", "failed", "largest relative error"),
                            "llr")
                    .draw(page, rows);
            page.close("details");
        }
    }

    private static String next(Object step) {
        return step instanceof Number number ? AnswerSection.count(number.longValue() + 1) : text(step);
    }

    private static List<String> row(Map<?, ?> row) {
        Object error = row.get("worst") instanceof Map<?, ?> worst ? worst.get("relative_error") : null;
        return List.of(
                text(row.get("quantity")),
                text(row.get("equation")),
                text(row.get("entries")),
                text(row.get("checked")),
                text(row.get("failed")),
                error instanceof Number number ? Numbers.rounded(number.doubleValue()) : text(error));
    }

    private static String text(Object value) {
        return value == null ? "" : String.valueOf(value);
    }
}
