package dev.chainrule.app.compare;

import dev.chainrule.app.record.Difference;
import dev.chainrule.app.record.FlatConfig;
import dev.chainrule.app.record.RecordedMetrics;
import dev.chainrule.app.shell.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The text of the differences of two runs. */
public final class DiffPrinter {
    private static final String A = "A";
    private static final String B = "B";

    private final DiffReport report;
    private final List<String> lines = new ArrayList<>();

    private DiffPrinter(DiffReport report) {
        this.report = report;
    }

    /** Return the lines. */
    public static List<String> lines(DiffReport report) {
        DiffPrinter printer = new DiffPrinter(report);
        printer.show();
        return printer.lines;
    }

    private void show() {
        table(List.of(heading(A, report.a()), heading(B, report.b())));
        facts("config", report.config());
        facts("data", report.data());
        if (!report.start().isEmpty()) {
            facts("start", report.start());
        }
        facts("plugins", report.plugins());
        facts("program", report.program());
        facts("machine, which does not affect results", report.machine());
        metrics(report.a().metrics(), report.b().metrics());
        lines.add("");
        lines.add("steps    " + steps(report.comparison()));
        lines.add("epochs   " + epochs(report.comparison()));
    }

    private static List<String> heading(String letter, DiffReport.Side side) {
        return List.of(letter, side.run(), side.name(), side.state(), side.started());
    }

    private void facts(String title, List<Difference> differences) {
        lines.add("");
        if (differences.isEmpty()) {
            lines.add(title + ": identical");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(title, A, B));
        differences.forEach(fact -> rows.add(List.of("  " + fact.name(), shown(fact.one()), shown(fact.other()))));
        table(rows);
    }

    private void metrics(RecordedMetrics mine, RecordedMetrics theirs) {
        lines.add("");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("metrics of the kept models", A, B));
        rows.add(List.of("  epoch", shown(Optional.of(mine.epochText())), shown(Optional.of(theirs.epochText()))));
        TreeSet<String> names = new TreeSet<>(mine.kept().keySet());
        names.addAll(theirs.kept().keySet());
        names.forEach(name -> rows.add(List.of("  " + name, value(mine, name), value(theirs, name))));
        table(rows);
    }

    private static String value(RecordedMetrics metrics, String name) {
        return shown(Optional.ofNullable(metrics.kept().get(name)).map(String::valueOf));
    }

    private static String steps(RunComparison comparison) {
        return comparison.step().isPresent()
                ? "diverge at step " + (comparison.step().getAsInt() + 1) + ": "
                        + comparison.stepValues("in " + A, "in " + B)
                : counted(comparison.oneSteps().size(), comparison.otherSteps().size());
    }

    private static String epochs(RunComparison comparison) {
        return comparison.epoch().isPresent()
                ? "diverge in epoch " + (comparison.epoch().get() + 1) + ": " + comparison.tensorNames()
                : counted(
                        comparison.oneChain().links().size(),
                        comparison.otherChain().links().size());
    }

    private static String counted(int mine, int theirs) {
        return mine == theirs
                ? "identical: " + mine
                : "identical in the part that both have: " + mine + " in " + A + ", " + theirs + " in " + B;
    }

    private static String shown(Optional<String> text) {
        return text.filter(value -> !value.isEmpty()).orElse(FlatConfig.ABSENT);
    }

    private void table(List<List<String>> rows) {
        lines.addAll(Tables.format(rows, new boolean[rows.get(0).size()]));
    }
}
