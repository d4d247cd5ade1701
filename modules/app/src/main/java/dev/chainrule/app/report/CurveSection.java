package dev.chainrule.app.report;

import dev.chainrule.app.report.page.LineChart;
import dev.chainrule.app.report.page.Markup;
import dev.chainrule.app.report.page.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** The course of a run: its metrics by epoch; loss, gradient and learning rate by step. */
final class CurveSection {
    private CurveSection() {}

    static void draw(ReportedRun run, Markup page) {
        List<LineChart> byEpoch = new ArrayList<>();
        OptionalDouble kept = run.metrics().epoch().isPresent()
                ? OptionalDouble.of(run.metrics().epoch().getAsInt())
                : OptionalDouble.empty();
        for (String label : run.epochs().labels()) {
            List<LineChart.Line> lines = new ArrayList<>();
            for (String dataset : List.of("train", "validation")) {
                String name = dataset + "." + label;
                run.epochs()
                        .series(name)
                        .ifPresent(series ->
                                lines.add(new LineChart.Line(dataset, name, series, series.best(run.isRising(label)))));
            }
            byEpoch.add(new LineChart(label, "epoch", lines, kept, true));
        }
        group(page, "epoch", byEpoch);
        if (kept.isPresent() && !byEpoch.isEmpty()) {
            page.element(
                    "p", "Dots: the best epoch. Dotted line: the epoch of the model.", "class", "note key-of-charts");
        }
        group(page, "step", bySteps(run));
    }

    private static List<LineChart> bySteps(ReportedRun run) {
        List<LineChart> charts = new ArrayList<>();
        int steps = run.steps().size();
        if (steps > 0) {
            double[] x = IntStream.rangeClosed(1, steps).asDoubleStream().toArray();
            charts.add(chart("loss of each batch", "loss", new Series(x, values(steps, run.steps()::loss)), true));
            charts.add(chart(
                    "norm of the gradient",
                    "gradient_norm",
                    new Series(x, values(steps, run.steps()::gradientNorm)),
                    true));
        }
        run.rates()
                .filter(rates -> rates.size() > 0)
                .ifPresent(rates -> charts.add(chart("learning rate", "learning_rate", rates, false)));
        return charts;
    }

    private static LineChart chart(String title, String name, Series series, boolean mayBeLogarithmic) {
        return new LineChart(
                title,
                "step",
                List.of(new LineChart.Line("", name, series, -1)),
                OptionalDouble.empty(),
                mayBeLogarithmic);
    }

    private static double[] values(int steps, IntToDoubleFunction value) {
        return IntStream.range(0, steps).mapToDouble(value).toArray();
    }

    /** Draw charts that share an axis: the script lets a reader move along it in all of them at once. */
    static void group(Markup page, String unit, List<LineChart> charts) {
        if (charts.stream().allMatch(chart -> chart.lines().isEmpty())) {
            return;
        }
        page.open("div", "class", "group");
        page.open("div", "class", "controls", "hidden", "");
        page.open("label")
                .text(unit + " ")
                .empty("input", "type", "range", "class", "at")
                .open("output")
                .close("output");
        page.close("label");
        page.open("label")
                .text("smoothing ")
                .empty(
                        "input", "type", "range", "class", "smooth", "min", "0", "max", "0.99", "step", "0.01", "value",
                        "0");
        page.close("label").close("div");
        page.open("div", "class", "charts");
        charts.forEach(chart -> chart.draw(page));
        page.close("div").close("div");
    }
}
