package dev.chainrule.app.report;

import dev.chainrule.app.report.page.Grid;
import dev.chainrule.app.report.page.Markup;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The data of a run: counts, balance of the classes, warnings. */
final class DataSection {
    private static final int MOST_CLASSES = 40;
    private static final List<String> DATASETS = List.of("train", "validation", "test");

    private DataSection() {}

    static void draw(ReportedRun run, Markup page) {
        List<String> parts =
                DATASETS.stream().filter(run.record().keys("data")::contains).toList();
        new Grid("Parts of the data", List.of("part", "examples", "from"), "lrl")
                .draw(
                        page,
                        parts.stream()
                                .map(part -> List.of(
                                        part,
                                        AnswerSection.count(count(run, "data", part, "examples")),
                                        run.record().text("data", part, "origin")))
                                .toList());
        balance(run, parts, page);
        run.record()
                .items("warnings")
                .forEach(warning -> page.element("p", String.valueOf(warning), "class", "warning"));
    }

    private static void balance(ReportedRun run, List<String> parts, Markup page) {
        Set<String> classes = new LinkedHashSet<>();
        parts.forEach(part -> run.record()
                .find("data", part, "classes")
                .filter(Map.class::isInstance)
                .ifPresent(map -> ((Map<?, ?>) map).keySet().forEach(name -> classes.add(String.valueOf(name)))));
        if (classes.isEmpty()) {
            return;
        }
        page.element("h3", "Balance of the classes");
        List<String> headings = Stream.concat(
                        Stream.of("class"), parts.stream().flatMap(part -> Stream.of(part, "share")))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        classes.stream().limit(MOST_CLASSES).forEach(name -> {
            List<String> row = new ArrayList<>(List.of(name));
            for (String part : parts) {
                long count = count(run, "data", part, "classes", name);
                row.add(AnswerSection.count(count));
                row.add(AnswerSection.percent(count, count(run, "data", part, "examples")));
            }
            rows.add(row);
        });
        new Grid("Balance of the classes", headings, "lr").draw(page, rows);
        if (classes.size() > MOST_CLASSES) {
            page.element("p", "The first " + MOST_CLASSES + " of " + classes.size() + " classes.", "class", "note");
        }
    }

    private static long count(ReportedRun run, String... path) {
        return run.record()
                .find(path)
                .filter(Number.class::isInstance)
                .map(number -> ((Number) number).longValue())
                .orElse(0L);
    }
}
