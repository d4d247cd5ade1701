package dev.chainrule.app.report;

import dev.chainrule.app.report.page.Grid;
import dev.chainrule.app.report.page.Markup;
import dev.chainrule.config.write.Explanation;
import java.util.ArrayList;
import java.util.List;

/** The config that was trained, each value with its origin. */
final class ConfigSection {
    private static final String DEFAULT = "default";

    private ConfigSection() {}

    static void draw(ReportedRun run, Markup page) {
        List<Explanation.Line> given = run.origins().stream()
                .filter(line -> !line.origin().equals(DEFAULT))
                .toList();
        List<Explanation.Line> defaults = run.origins().stream()
                .filter(line -> line.origin().equals(DEFAULT))
                .toList();
        if (run.origins().isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            run.config().forEach((path, value) -> rows.add(List.of(path, value)));
            new Grid("Values of the config", List.of("path", "value"), "l").draw(page, rows);
        } else {
            new Grid("Values given", List.of("path", "value", "from"), "l")
                    .draw(
                            page,
                            given.stream()
                                    .map(line -> List.of(line.path(), line.value(), line.origin()))
                                    .toList());
            page.open("details").element("summary", defaults.size() + " values by default");
            new Grid("Values by default", List.of("path", "value"), "l")
                    .draw(
                            page,
                            defaults.stream()
                                    .map(line -> List.of(line.path(), line.value()))
                                    .toList());
            page.close("details");
        }
        page.open("details").element("summary", "the file").open("pre", "tabindex", "0");
        run.text().forEach(line -> page.text(line).trusted("\n"));
        page.close("pre").close("details");
    }
}
