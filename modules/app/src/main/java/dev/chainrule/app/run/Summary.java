package dev.chainrule.app.run;

import dev.chainrule.api.data.Target;
import dev.chainrule.api.training.Console;
import dev.chainrule.app.shell.Tables;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.evaluation.ClassFigures;
import dev.chainrule.engine.experiment.Head;
import dev.chainrule.engine.model.WarmStart;
import dev.chainrule.engine.training.RunOutcome;
import dev.chainrule.math.Numbers;
import dev.chainrule.model.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The few lines printed before a run and after it. */
public final class Summary {
    private static final int MOST_CLASSES_SHOWN = 20;
    private static final int COURSE = 30;

    private Summary() {}

    /** Print the network and the datasets. */
    static void before(Console console, String name, Datasets datasets, Network network, int threads) {
        console.line(String.format(
                Locale.ROOT,
                "%s: %,d parameters in %d layer%s, %s, %d thread%s",
                name,
                network.parameters().stream().mapToLong(p -> p.value().size()).sum(),
                network.layers().size(),
                network.layers().size() == 1 ? "" : "s",
                network.kernels().precision(),
                threads,
                threads == 1 ? "" : "s"));
        List<String> added = network.addedCosts().labels();
        if (!added.isEmpty()) {
            console.line("  the loss of each step includes " + String.join(", ", added) + "; metrics do not");
        }
        datasets.all()
                .forEach(dataset -> console.line(String.format(
                        Locale.ROOT,
                        "  %-10s %,6d examples from %s",
                        dataset.name(),
                        dataset.size(),
                        dataset.source().provenance().origin())));
        classCounts(datasets).forEach(line -> console.line("  " + line));
    }

    /** Return the number of examples per class in every dataset, as a table; empty if there are no classes, or many. */
    private static List<String> classCounts(Datasets datasets) {
        int[] train = datasets.train().classCounts();
        if (train.length == 0 || train.length > MOST_CLASSES_SHOWN) {
            return List.of();
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("classes", datasets.train().encoding().target().names().stream()));
        datasets.all()
                .forEach(dataset -> rows.add(
                        row(dataset.name(), Arrays.stream(dataset.classCounts()).mapToObj(String::valueOf))));
        return Tables.format(rows, numbersAfterFirst(train.length));
    }

    /** Print the initial tensors of a warm start. */
    static void start(Console console, WarmStart start) {
        int taken = start.tensors().size();
        console.line("starts from " + start.file() + ": " + taken + (taken == 1 ? " tensor" : " tensors")
                + (start.rounded() ? ", rounded to float32" : ""));
        if (!start.fresh().isEmpty()) {
            console.line("  initialised: " + String.join(", ", start.fresh()));
        }
        if (!start.skipped().isEmpty()) {
            console.line("  ignored: " + String.join(", ", start.skipped()));
        }
    }

    /** Print the outcome. */
    static void after(Console console, RunOutcome outcome, List<Head> heads, Pipeline pipeline) {
        outcome.confusion().forEach((head, confusion) -> {
            if (confusion.length <= MOST_CLASSES_SHOWN) {
                String name = heads.get(head).name();
                console.line("confusion of the test examples" + (name.isEmpty() ? "" : " by " + name)
                        + " (rows: true class, columns: predicted)");
                confusion(confusion, pipeline.target(head)).forEach(line -> console.line("  " + line));
            }
        });
        if (outcome.epoch().isPresent() && outcome.epoch().getAsInt() != outcome.epochs()) {
            console.line("the model and its metrics are those of epoch "
                    + outcome.epoch().getAsInt() + " of " + outcome.epochs());
        }
        calibration(heads, pipeline).forEach(console::line);
        course(outcome, console.unicode()).ifPresent(console::line);
        metrics(outcome.metrics()).forEach(console::line);
        RunNotes.judged(outcome)
                .ifPresent(dataset -> console.line(String.format(
                        Locale.ROOT,
                        "%-11s %s (%s, a constant prediction)",
                        "baseline:",
                        values(dataset, RunNotes.baseline(outcome)),
                        dataset)));
        outcome.reason().ifPresent(reason -> console.line("ended early after step " + outcome.steps() + ": " + reason));
    }

    /** Return the fitted temperature and threshold of each output that has one: {@code calibrated on validation: temperature 1.31}. */
    public static List<String> calibration(List<Head> heads, Pipeline pipeline) {
        List<String> lines = new ArrayList<>();
        for (int h = 0; h < heads.size(); h++) {
            String name = heads.get(h).name();
            pipeline.calibration(h).ifPresent(fitted -> {
                List<String> values = new ArrayList<>();
                fitted.temperature().ifPresent(value -> values.add("temperature " + Numbers.rounded(value)));
                fitted.threshold().ifPresent(value -> values.add("threshold " + Numbers.rounded(value)));
                lines.add("calibrated on validation" + (name.isEmpty() ? "" : ", " + name) + ": "
                        + String.join(", ", values));
            });
        }
        return lines;
    }

    /** Return precision, recall and F1 of each class and their means, as a table; 0/0 is 0. */
    public static List<String> classes(int[][] confusion, Target target) {
        List<ClassFigures> figures = ClassFigures.of(confusion);
        int all = figures.stream().mapToInt(ClassFigures::examples).sum();
        double[] macro = new double[3];
        double[] weighted = new double[3];
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "precision", "recall", "f1", "examples"));
        for (int c = 0; c < confusion.length; c++) {
            ClassFigures each = figures.get(c);
            double[] own = {each.precision(), each.recall(), each.f1()};
            for (int k = 0; k < own.length; k++) {
                macro[k] += own[k] / confusion.length;
                weighted[k] += all == 0 ? 0 : own[k] * each.examples() / all;
            }
            rows.add(scores(target.names().get(c), own, each.examples()));
        }
        rows.add(scores("macro mean", macro, all));
        rows.add(scores("weighted mean", weighted, all));
        return Tables.format(rows, numbersAfterFirst(rows.get(0).size() - 1));
    }

    private static List<String> scores(String name, double[] scores, int examples) {
        return row(
                name,
                Stream.concat(Arrays.stream(scores).mapToObj(Numbers::rounded), Stream.of(String.valueOf(examples))));
    }

    /** Return the course of the loss, on validation data if there is any, and its best epoch. */
    private static Optional<String> course(RunOutcome outcome, boolean unicode) {
        return List.of("validation.loss", "train.loss").stream()
                .filter(metric -> outcome.history().values(metric).size() > 1)
                .findFirst()
                .map(metric -> {
                    List<Double> values = outcome.history().values(metric);
                    int best = 0;
                    for (int i = 1; i < values.size(); i++) {
                        best = values.get(i) < values.get(best)
                                        || values.get(best).isNaN()
                                ? i
                                : best;
                    }
                    return metric.replace('.', ' ') + ": " + Numbers.sparkline(values, COURSE, unicode)
                            + " lowest in epoch "
                            + (best + 1 + outcome.epochs() - values.size()) + ", "
                            + Numbers.rounded(values.get(best));
                });
    }

    /** Return metrics, one line per dataset: {@code test: loss 0.0712, accuracy 0.9812}. */
    static List<String> metrics(Map<String, Double> metrics) {
        List<String> lines = new ArrayList<>();
        for (String dataset : List.of("train", "validation", "test")) {
            String values = values(dataset, metrics);
            if (!values.isEmpty()) {
                lines.add(String.format(Locale.ROOT, "%-11s %s", dataset + ":", values));
            }
        }
        return lines;
    }

    /** Return the metrics of one dataset: {@code loss 0.0712, accuracy 0.9812}. */
    private static String values(String dataset, Map<String, Double> metrics) {
        return metrics.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(dataset + "."))
                .map(entry -> entry.getKey().substring(dataset.length() + 1) + " " + Numbers.rounded(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** Return a confusion matrix as a table. */
    public static List<String> confusion(int[][] confusion, Target target) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("", target.names().stream()));
        for (int i = 0; i < confusion.length; i++) {
            rows.add(row(target.names().get(i), Arrays.stream(confusion[i]).mapToObj(String::valueOf)));
        }
        return Tables.format(rows, numbersAfterFirst(confusion.length));
    }

    private static List<String> row(String name, Stream<String> cells) {
        return Stream.concat(Stream.of(name), cells).toList();
    }

    private static boolean[] numbersAfterFirst(int count) {
        boolean[] right = new boolean[count + 1];
        Arrays.fill(right, 1, right.length, true);
        return right;
    }
}
