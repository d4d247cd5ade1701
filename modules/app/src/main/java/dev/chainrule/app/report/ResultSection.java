package dev.chainrule.app.report;

import dev.chainrule.app.record.FlatConfig;
import dev.chainrule.app.report.page.Grid;
import dev.chainrule.app.report.page.Markup;
import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The result of a run and the expectations of its config. */
final class ResultSection {
    private static final String EXPECT = "expect.";
    private static final List<String> DATASETS = List.of("train", "validation", "test");

    private ResultSection() {}

    static void draw(ReportedRun run, Markup page) {
        ending(run, page);
        figures(run, page);
        expectations(run, page);
        metrics(run, page);
        run.gaps().forEach(gap -> page.element("p", gap, "class", "note"));
    }

    private static void ending(ReportedRun run, Markup page) {
        String reason = run.record().text("result", "reason");
        if (!reason.isEmpty()) {
            page.element("p", "Ended early after step " + run.steps().size() + ": " + reason, "class", "warning");
        }
        int epochs = run.epochs().lines().size();
        if (run.metrics().epoch().isPresent() && run.metrics().epoch().getAsInt() != epochs) {
            page.element(
                    "p",
                    "The model and its metrics are those of epoch "
                            + run.metrics().epochText() + " of " + epochs + ".",
                    "class",
                    "note");
        }
    }

    /** The few numbers that a reader looks for first. */
    private static void figures(ReportedRun run, Markup page) {
        page.open("dl", "class", "figures");
        for (String label : run.labels()) {
            String name = run.judged() + "." + label;
            Double value = run.metrics().kept().get(name);
            if (value != null) {
                page.open("div").element("dt", run.judged() + " " + label);
                page.open("dd")
                        .element("data", Numbers.rounded(value), "value", Numbers.format(value), "data-metric", name);
                run.baseline(name)
                        .ifPresent(baseline -> page.element("small", "baseline: " + Numbers.rounded(baseline)));
                page.close("dd").close("div");
            }
        }
        page.close("dl");
    }

    private static void expectations(ReportedRun run, Markup page) {
        Map<String, List<String>> bounds = new LinkedHashMap<>();
        run.config().forEach((path, value) -> {
            if (path.startsWith(EXPECT) && path.lastIndexOf('.') > EXPECT.length()) {
                String metric = path.substring(EXPECT.length(), path.lastIndexOf('.'));
                String bound = bound(path.substring(path.lastIndexOf('.') + 1), value);
                bounds.computeIfAbsent(metric, name -> new ArrayList<>()).add(bound);
            }
        });
        if (bounds.isEmpty()) {
            return;
        }
        List<String> missed = run.record().items("result", "missed").stream()
                .map(String::valueOf)
                .toList();
        boolean checked = List.of("completed", "stopped").contains(run.record().text("state"));
        page.element("h3", "Expectations").open("ul", "class", "expectations");
        bounds.forEach((metric, all) -> {
            all.removeIf(String::isEmpty);
            List<String> misses = missed.stream()
                    .filter(miss -> miss.startsWith(metric + ": "))
                    .toList();
            boolean met = checked && misses.isEmpty();
            page.open("li", "class", !checked ? "open" : met ? "met" : "missed")
                    .element("b", !checked ? "not checked" : met ? "met" : "missed")
                    .text(" " + metric + " " + String.join(", ", all));
            misses.forEach(miss -> page.text(" (" + miss.substring(metric.length() + 2) + ")"));
            page.close("li");
        });
        page.close("ul");
    }

    private static String bound(String key, String value) {
        return switch (key) {
            case "min" -> "at least " + value;
            case "max" -> "at most " + value;
            case "at" -> value.equals("last") ? "" : "at its " + value;
            default -> value.equals("true") ? "rises" : "";
        };
    }

    private static void metrics(ReportedRun run, Markup page) {
        List<String> measured = DATASETS.stream()
                .filter(dataset ->
                        run.metrics().kept().keySet().stream().anyMatch(name -> name.startsWith(dataset + ".")))
                .toList();
        List<String> headings = new ArrayList<>(List.of("metric"));
        headings.addAll(measured);
        if (measured.isEmpty()) {
            page.element("p", "No epoch has ended, so nothing was measured.", "class", "note");
            return;
        }
        Grid grid = new Grid("Metrics of the model", headings, "lr");
        grid.open(page);
        for (String label : run.labels()) {
            page.open("tr");
            grid.cell(page, 0).text(label).close("th");
            for (int i = 0; i < measured.size(); i++) {
                String name = measured.get(i) + "." + label;
                Double value = run.metrics().kept().get(name);
                grid.cell(page, i + 1);
                if (value == null) {
                    page.text(FlatConfig.ABSENT);
                } else {
                    page.element("data", Numbers.rounded(value), "value", Numbers.format(value), "data-metric", name);
                }
                page.close("td");
            }
            page.close("tr");
        }
        grid.close(page);
    }
}
