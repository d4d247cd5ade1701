package dev.chainrule.app.report;

import dev.chainrule.app.report.page.Drawing;
import dev.chainrule.app.report.page.Grid;
import dev.chainrule.app.report.page.Markup;
import dev.chainrule.app.report.page.Scale;
import dev.chainrule.app.report.page.Series;
import dev.chainrule.engine.evaluation.ClassFigures;
import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The predictions of a model on a dataset: classes and numbers against predicted ones, and remarkable examples. */
final class AnswerSection {
    private static final int MOST_CLASSES = 40;
    private static final int MOST_SHARES = 12;
    private static final int MOST_PAIRS = 5;
    private static final int MOST_DOTS = 2_000;
    private static final int BARS = 40;
    private static final int SHADES = 9;
    private static final double PERCENT = 100;

    private AnswerSection() {}

    static void draw(Examined examined, Markup page) {
        examined.confusion().ifPresent(confusion -> {
            confusion(confusion, examined, page);
            classes(confusion, examined, page);
        });
        examined.curves().ifPresent(curves -> curves.draw(page));
        examined.answers().forEach(answers -> numbers(answers, examined, page));
        examples("Worst predictions", "the highest loss first", examined.worst(), examined, page);
        examples("Least certain predictions", "the closest second class first", examined.unsure(), examined, page);
    }

    private static void confusion(int[][] confusion, Examined examined, Markup page) {
        page.element("h3", "Confusion");
        List<String> names = examined.target().names();
        if (confusion.length <= MOST_CLASSES) {
            page.element(
                    "p",
                    "Rows are true classes, columns predicted ones"
                            + (confusion.length <= MOST_SHARES ? "; below each count, its share of the row." : "."),
                    "class",
                    "note");
            matrix(confusion, names, page);
        }
        List<String> pairs = pairs(confusion, names);
        if (!pairs.isEmpty()) {
            page.element("p", "Most often confused: " + String.join("; ", pairs) + ".");
        }
    }

    private static void matrix(int[][] confusion, List<String> names, Markup page) {
        int worst = IntStream.range(0, confusion.length)
                .flatMap(i ->
                        IntStream.range(0, confusion.length).filter(j -> j != i).map(j -> confusion[i][j]))
                .max()
                .orElse(0);
        List<String> headings = new ArrayList<>(List.of(""));
        headings.addAll(names);
        Grid grid = new Grid("Confusion of the examples", headings, "lr");
        page.open("div", "class", "confusion");
        grid.open(page);
        for (int i = 0; i < confusion.length; i++) {
            int all = IntStream.of(confusion[i]).sum();
            page.open("tr");
            grid.cell(page, 0).text(names.get(i)).close("th");
            for (int j = 0; j < confusion.length; j++) {
                int count = confusion[i][j];
                int shade = i == j ? shade(count, all) : shade(count, worst);
                page.open("td", "class", "r " + (i == j ? "right" : "wrong") + shade)
                        .element("data", count(count), "value", String.valueOf(count));
                if (confusion.length <= MOST_SHARES && count > 0) {
                    page.element("small", percent(count, all));
                }
                page.close("td");
            }
            page.close("tr");
        }
        grid.close(page);
        page.close("div");
    }

    private static int shade(int count, int most) {
        return most == 0 || count == 0 ? 0 : 1 + (int) ((long) count * (SHADES - 1) / most);
    }

    private static List<String> pairs(int[][] confusion, List<String> names) {
        record Pair(int truth, int answer, int count) {}
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < confusion.length; i++) {
            for (int j = 0; j < confusion.length; j++) {
                if (i != j && confusion[i][j] > 0) {
                    pairs.add(new Pair(i, j, confusion[i][j]));
                }
            }
        }
        return pairs.stream()
                .sorted(Comparator.comparingInt(Pair::count).reversed())
                .limit(MOST_PAIRS)
                .map(pair -> names.get(pair.truth()) + " taken for " + names.get(pair.answer()) + ", "
                        + (pair.count() == 1 ? "once" : count(pair.count()) + " times"))
                .toList();
    }

    private static void classes(int[][] confusion, Examined examined, Markup page) {
        page.element("h3", "Classes");
        List<List<String>> rows = new ArrayList<>();
        List<ClassFigures> figures = ClassFigures.of(confusion);
        for (int i = 0; i < confusion.length; i++) {
            ClassFigures each = figures.get(i);
            rows.add(List.of(
                    examined.target().names().get(i),
                    count(each.examples()),
                    count(each.predicted()),
                    percent(each.right(), each.predicted()),
                    percent(each.right(), each.examples()),
                    percent(2L * each.right(), (long) each.examples() + each.predicted())));
        }
        new Grid("Each class", List.of("class", "examples", "predicted", "precision", "recall", "F1"), "lr")
                .draw(page, rows);
    }

    private static void numbers(Examined.Answers answers, Examined examined, Markup page) {
        page.element("h3", answers.name());
        int stride = (answers.truth().length + MOST_DOTS - 1) / MOST_DOTS;
        int[] shown = IntStream.range(0, answers.truth().length)
                .filter(i -> i % stride == 0)
                .toArray();
        Series dots = new Series(
                IntStream.of(shown).mapToDouble(i -> answers.truth()[i]).toArray(),
                IntStream.of(shown).mapToDouble(i -> answers.answer()[i]).toArray());
        page.open("div", "class", "charts");
        scatter(answers.name(), dots, page);
        residuals(answers, page);
        page.close("div");
        if (dots.size() < examined.examples()) {
            page.element(
                    "p",
                    count(dots.size()) + " of " + count(examined.examples()) + " examples are drawn.",
                    "class",
                    "note");
        }
    }

    private static void scatter(String name, Series dots, Markup page) {
        Scale scale = Scale.linear(
                Math.min(least(dots.x()), least(dots.y())), Math.max(greatest(dots.x()), greatest(dots.y())));
        Drawing drawing = new Drawing(scale, scale);
        page.open("figure", "class", "still").open("figcaption").element("b", "predicted against true");
        page.close("figcaption");
        drawing.open(page, "Predicted against true " + name + ", " + dots.size() + " examples");
        page.empty(
                "path",
                "class",
                "mark",
                "d",
                drawing.line(new Series(
                        new double[] {scale.low(), scale.high()}, new double[] {scale.low(), scale.high()})));
        page.empty("path", "class", "dots s0", "d", drawing.dots(dots));
        drawing.close(page, "true " + name);
        page.close("figure");
    }

    private static void residuals(Examined.Answers answers, Markup page) {
        double[] residuals = IntStream.range(0, answers.truth().length)
                .mapToDouble(i -> answers.answer()[i] - answers.truth()[i])
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (residuals.length == 0) {
            return;
        }
        Scale x = Scale.linear(residuals[0], residuals[residuals.length - 1]);
        int[] counts = new int[BARS];
        for (double residual : residuals) {
            counts[Math.min(BARS - 1, (int) (x.at(residual) * BARS))]++;
        }
        Drawing drawing =
                new Drawing(x, Scale.linear(0, IntStream.of(counts).max().orElseThrow()));
        StringBuilder bars = new StringBuilder();
        double width = (x.high() - x.low()) / BARS;
        for (int i = 0; i < BARS; i++) {
            if (counts[i] > 0) {
                double middle = x.low() + (i + 0.5) * width;
                bars.append('M').append(drawing.left(middle)).append(' ').append(drawing.top(0));
                bars.append('V').append(drawing.top(counts[i]));
            }
        }
        page.open("figure", "class", "still").open("figcaption").element("b", "predicted − true");
        page.element("span", "median " + Numbers.rounded(residuals[residuals.length / 2]), "class", "legend");
        page.close("figcaption");
        drawing.open(page, "Histogram of predicted minus true " + answers.name());
        page.empty("path", "class", "bars s0", "d", bars.toString());
        drawing.close(page, "predicted − true " + answers.name());
        page.close("figure");
    }

    private static double least(double[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .filter(Double::isFinite)
                .min()
                .orElse(0);
    }

    private static double greatest(double[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .filter(Double::isFinite)
                .max()
                .orElse(1);
    }

    private static void examples(
            String title, String order, List<Examined.Example> examples, Examined examined, Markup page) {
        if (examples.isEmpty()) {
            return;
        }
        page.element("h3", title).element("p", "From " + examined.dataset() + ", " + order + ".", "class", "note");
        if (examples.get(0).isPicture()) {
            page.open("ul", "class", "pictures");
            examples.forEach(example -> {
                String words = "true " + example.truth() + ", predicted " + example.answer();
                page.open("li")
                        .empty(
                                "img",
                                "src",
                                example.values().get(0),
                                "alt",
                                "Example " + (example.number() + 1) + ": " + words)
                        .element("span", "example " + count(example.number() + 1), "class", "faint")
                        .element("span", "true " + example.truth())
                        .element("span", "predicted " + example.answer())
                        .element("span", "loss " + Numbers.rounded(example.cost()), "class", "faint");
                page.close("li");
            });
            page.close("ul");
            return;
        }
        List<String> headings = new ArrayList<>(List.of("example", "true", "predicted", "loss"));
        headings.addAll(Examination.headings(examined.encoding()));
        new Grid(title, headings, "lllrr")
                .draw(page, examples.stream().map(AnswerSection::row).toList());
    }

    private static List<String> row(Examined.Example example) {
        List<String> row = new ArrayList<>(List.of(
                example.place().isEmpty() ? String.valueOf(example.number() + 1) : example.place(),
                example.truth(),
                example.answer(),
                Numbers.rounded(example.cost())));
        row.addAll(example.values());
        return row;
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String percent(long part, long whole) {
        return whole == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", PERCENT * part / whole);
    }
}
