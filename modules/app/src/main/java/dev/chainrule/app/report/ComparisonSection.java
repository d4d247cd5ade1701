package dev.chainrule.app.report;

import dev.chainrule.app.record.FlatConfig;
import dev.chainrule.app.report.page.Grid;
import dev.chainrule.app.report.page.LineChart;
import dev.chainrule.app.report.page.Markup;
import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/** Several runs side by side: their metrics, curves and configs. */
final class ComparisonSection {
    private static final int LETTERS = 26;

    private ComparisonSection() {}

    /** Return the short name of a run in a comparison: A, B, …, Z, AA. */
    static String letter(int index) {
        String last = String.valueOf((char) ('A' + index % LETTERS));
        return index < LETTERS ? last : letter(index / LETTERS - 1) + last;
    }

    static void table(List<ReportedRun> runs, Markup page) {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(run -> names.addAll(run.metrics().kept().keySet()));
        List<String> order = names.stream()
                .sorted((a, b) -> Boolean.compare(a.startsWith("train."), b.startsWith("train.")))
                .toList();
        List<String> headings = new ArrayList<>(List.of("run"));
        headings.addAll(order);
        headings.addAll(List.of("epoch", "state", "directory"));
        Grid grid = new Grid("Runs", headings, "l" + "r".repeat(order.size() + 1) + "l");
        page.open("div", "class", "sortable");
        grid.open(page);
        for (int i = 0; i < runs.size(); i++) {
            ReportedRun run = runs.get(i);
            page.open("tr");
            page.open("th", "scope", "row", "class", "key s" + i % 10)
                    .text(letter(i))
                    .close("th");
            for (String name : order) {
                Double value = run.metrics().kept().get(name);
                page.open("td", "class", value != null && isBest(value, name, runs) ? "r best" : "r");
                if (value == null) {
                    page.text(FlatConfig.ABSENT);
                } else {
                    page.element("data", Numbers.rounded(value), "value", Numbers.format(value), "data-metric", name);
                }
                page.close("td");
            }
            List<String> facts = List.of(run.metrics().epochText(), run.record().text("state"), run.label());
            for (int k = 0; k < facts.size(); k++) {
                grid.cell(page, order.size() + 1 + k).text(facts.get(k)).close("td");
            }
            page.close("tr");
        }
        grid.close(page);
        page.close("div");
    }

    private static boolean isBest(double value, String name, List<ReportedRun> runs) {
        boolean rising = runs.get(0).isRising(name.substring(name.indexOf('.') + 1));
        return runs.stream()
                .map(run -> run.metrics().kept().get(name))
                .noneMatch(other -> other != null && (rising ? other > value : other < value));
    }

    static void curves(List<ReportedRun> runs, Markup page) {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(run -> names.addAll(run.epochs().names()));
        List<LineChart> charts = new ArrayList<>();
        for (String name : names) {
            List<LineChart.Line> lines = IntStream.range(0, runs.size())
                    .filter(i -> runs.get(i).epochs().series(name).isPresent())
                    .mapToObj(i -> new LineChart.Line(
                            letter(i), name, runs.get(i).epochs().series(name).orElseThrow(), -1))
                    .toList();
            charts.add(new LineChart(name, "epoch", lines, OptionalDouble.empty(), true));
        }
        CurveSection.group(page, "epoch", charts);
    }

    static void configs(List<ReportedRun> runs, Markup page) {
        Set<String> paths = new LinkedHashSet<>();
        runs.forEach(run -> paths.addAll(run.config().keySet()));
        List<String> differing = paths.stream()
                .filter(path -> values(path, runs).stream().distinct().count() > 1)
                .toList();
        List<String> same =
                paths.stream().filter(path -> !differing.contains(path)).toList();
        if (differing.isEmpty()) {
            page.element("p", "All values are the same.");
        } else {
            table("Values that differ", differing, runs, page);
        }
        page.open("details").element("summary", same.size() + " values are the same");
        new Grid("Values that are the same", List.of("path", "value"), "l")
                .draw(
                        page,
                        same.stream()
                                .map(path -> List.of(path, values(path, runs).get(0)))
                                .toList());
        page.close("details");
    }

    private static void table(String label, List<String> paths, List<ReportedRun> runs, Markup page) {
        List<String> headings = new ArrayList<>(List.of("path"));
        IntStream.range(0, runs.size()).forEach(i -> headings.add(letter(i)));
        Grid grid = new Grid(label, headings, "l");
        grid.open(page);
        for (String path : paths) {
            List<String> values = values(path, runs);
            page.open("tr");
            grid.cell(page, 0).text(path).close("th");
            for (String value : values) {
                page.open("td", "class", value.equals(values.get(0)) ? "l" : "l differs")
                        .text(value)
                        .close("td");
            }
            page.close("tr");
        }
        grid.close(page);
    }

    private static List<String> values(String path, List<ReportedRun> runs) {
        return runs.stream()
                .map(run -> run.config().getOrDefault(path, FlatConfig.ABSENT))
                .toList();
    }

    /** Draw the hashes of program and data that the runs share or not. */
    static void provenance(List<ReportedRun> runs, Markup page) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            ReportedRun run = runs.get(i);
            rows.add(List.of(
                    letter(i),
                    run.record().text("config", "hash"),
                    run.record().text("data", "train", "sha256"),
                    run.record().text("program", "jar_sha256"),
                    run.record().text("result", "chain")));
        }
        page.open("div", "class", "hashes");
        new Grid("Hashes", List.of("run", "config", "data, train", "pipeline.jar", "last link of the chain"), "l")
                .draw(page, rows);
        page.close("div");
    }
}
