package dev.chainrule.app.report.page;

import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * A chart of lines over epochs or steps. The recorded numbers are in the page, too, so that the script can show each of them, draw
 * them on the other scale and smooth them.
 *
 * @param title the quantity
 * @param unit of the horizontal axis
 * @param mark a place on it to mark, such as the epoch of the model
 * @param mayBeLogarithmic whether the scale is logarithmic at first if the numbers are far apart
 */
public record LineChart(String title, String unit, List<Line> lines, OptionalDouble mark, boolean mayBeLogarithmic) {
    private static final int MOST_POINTS = 600;
    private static final int MOST_THICK = 200;
    private static final int COLOURS = 10;
    /** The smallest part of the axis between two of its labels. */
    private static final double GAP = 0.1;

    /**
     * One line.
     *
     * @param name the full name of what it shows, such as {@code train.loss}
     * @param best the index of the best value, or -1
     */
    public record Line(String label, String name, Series series, int best) {}

    /** Draw it; nothing if there are no points. */
    public void draw(Markup page) {
        if (lines.isEmpty()) {
            return;
        }
        List<Series> drawn =
                lines.stream().map(line -> line.series().thinned(MOST_POINTS)).toList();
        double[] all = drawn.stream()
                .flatMapToDouble(series -> Arrays.stream(series.y()))
                .toArray();
        Scale vertical = Scale.of(all, mayBeLogarithmic);
        Drawing drawing = new Drawing(horizontal(), vertical);
        page.open("figure", "class", "chart", "data-log", String.valueOf(vertical.logarithmic()));
        caption(page);
        drawing.open(page, description());
        mark.ifPresent(at -> page.empty("path", "class", "mark", "d", "M" + drawing.left(at) + " 0v" + Drawing.HEIGHT));
        for (int i = 0; i < drawn.size(); i++) {
            Series series = drawn.get(i);
            page.empty(
                    "path",
                    "class",
                    thickness(series) + colour(i),
                    "data-name",
                    lines.get(i).name(),
                    "data-x",
                    numbers(series.x()),
                    "data-y",
                    numbers(series.y()),
                    "d",
                    drawing.line(series));
            dot(page, drawing, i);
        }
        drawing.close(page, unit);
        page.close("figure");
    }

    private void dot(Markup page, Drawing drawing, int i) {
        Line line = lines.get(i);
        if (line.best() >= 0) {
            double x = line.series().x()[line.best()];
            double y = line.series().y()[line.best()];
            page.empty(
                    "path",
                    "class",
                    "dot " + colour(i),
                    "data-x",
                    Numbers.format(x),
                    "data-y",
                    Numbers.format(y),
                    "d",
                    drawing.dots(new Series(new double[] {x}, new double[] {y})));
        }
    }

    private void caption(Markup page) {
        page.open("figcaption").element("b", title).open("span", "class", "legend");
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            page.open("span", "class", "key " + colour(i)).text(line.label() + " ");
            page.open("output").text(Numbers.rounded(at(line.series()))).close("output");
            page.close("span");
        }
        page.close("span").close("figcaption");
        String best = lines.stream()
                .filter(line -> line.best() >= 0)
                .map(line -> line.label() + " " + Numbers.rounded(line.series().y()[line.best()]) + " in " + unit + " "
                        + Numbers.format(line.series().x()[line.best()]))
                .collect(Collectors.joining(" · "));
        if (!best.isEmpty()) {
            page.element("p", "best: " + best, "class", "note");
        }
    }

    /** Return the value at the mark, or else the last. */
    private double at(Series series) {
        if (mark.isPresent()) {
            for (int i = 0; i < series.size(); i++) {
                if (series.x()[i] == mark.getAsDouble()) {
                    return series.y()[i];
                }
            }
        }
        return series.y()[series.size() - 1];
    }

    private Scale horizontal() {
        double first =
                lines.stream().mapToDouble(line -> line.series().x()[0]).min().orElseThrow();
        double last = lines.stream()
                .mapToDouble(line -> line.series().x()[line.series().size() - 1])
                .max()
                .orElseThrow();
        if (first == last) {
            return new Scale(first - 1, last + 1, false, List.of(first));
        }
        List<Double> ticks = new ArrayList<>(List.of(first));
        double gap = (last - first) * GAP;
        Scale.linear(first, last).ticks().stream()
                .filter(tick -> tick > first + gap && tick < last - gap)
                .filter(tick -> tick == Math.rint(tick))
                .forEach(ticks::add);
        ticks.add(last);
        return new Scale(first, last, false, ticks);
    }

    private String description() {
        return lines.stream()
                .map(line -> line.label() + " from "
                        + Numbers.rounded(line.series().y()[0]) + " to "
                        + Numbers.rounded(line.series().y()[line.series().size() - 1]))
                .collect(Collectors.joining("; ", title + " by " + unit + ": ", ""));
    }

    /** Many points would run together in a thick line, and a single one would vanish in a thin one. */
    private static String thickness(Series series) {
        return series.size() == 1 ? "line single " : series.size() > MOST_THICK ? "line fine " : "line ";
    }

    private static String colour(int i) {
        return "s" + i % COLOURS;
    }

    private static String numbers(double[] values) {
        return DoubleStream.of(values).mapToObj(Numbers::format).collect(Collectors.joining(" "));
    }
}
