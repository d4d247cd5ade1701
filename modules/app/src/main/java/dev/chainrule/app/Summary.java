package dev.chainrule.app;

import dev.chainrule.api.Console;
import dev.chainrule.api.Target;
import dev.chainrule.engine.Datasets;
import dev.chainrule.engine.Network;
import dev.chainrule.engine.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Say in a few lines what a run is about to do and what came of it. */
final class Summary {
    private static final int MOST_CLASSES_SHOWN = 20;

    private Summary() {}

    /** Print what will be trained on what. */
    static void before(Console console, String name, Datasets datasets, Network network, int threads) {
        console.line(String.format(
                Locale.ROOT,
                "%s: %,d parameters in %d layers, %s, %d thread%s",
                name,
                network.parameters().stream().mapToLong(p -> p.value().size()).sum(),
                network.layers().size(),
                network.kernels().precision(),
                threads,
                threads == 1 ? "" : "s"));
        datasets.all().forEach(dataset -> {
            int[] counts = dataset.classCounts();
            String classes = counts.length == 0 || counts.length > MOST_CLASSES_SHOWN
                    ? ""
                    : "; classes "
                            + IntStream.range(0, counts.length)
                                    .mapToObj(i ->
                                            dataset.encoding().target().names().get(i) + ": " + counts[i])
                                    .collect(Collectors.joining(", "));
            console.line(String.format(
                    Locale.ROOT,
                    "  %-10s %,d examples from %s%s",
                    dataset.name(),
                    dataset.size(),
                    dataset.source().provenance().origin(),
                    classes));
        });
    }

    /** Print how it ended. */
    static void after(Console console, Trainer.Outcome outcome, Target target) {
        outcome.confusion().ifPresent(confusion -> {
            if (confusion.length <= MOST_CLASSES_SHOWN) {
                console.line("confusion of the test examples (rows: true class, columns: predicted)");
                confusion(confusion, target).forEach(line -> console.line("  " + line));
            }
        });
        metrics(outcome.metrics()).forEach(console::line);
        outcome.reason().ifPresent(reason -> console.line("ended early after step " + outcome.steps() + ": " + reason));
    }

    /** Return metrics, a line for each dataset: {@code test: loss 0.0712, accuracy 0.9812}. */
    static List<String> metrics(Map<String, Double> metrics) {
        List<String> lines = new ArrayList<>();
        for (String dataset : List.of("train", "validation", "test")) {
            String values = metrics.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(dataset + "."))
                    .map(entry -> entry.getKey().substring(dataset.length() + 1) + " " + number(entry.getValue()))
                    .collect(Collectors.joining(", "));
            if (!values.isEmpty()) {
                lines.add(String.format(Locale.ROOT, "%-11s %s", dataset + ":", values));
            }
        }
        return lines;
    }

    /** Return a confusion matrix as a table. */
    static List<String> confusion(int[][] confusion, Target target) {
        List<List<String>> rows = new ArrayList<>();
        List<String> heading = new ArrayList<>(List.of(""));
        heading.addAll(target.names());
        rows.add(heading);
        for (int i = 0; i < confusion.length; i++) {
            List<String> row = new ArrayList<>(List.of(target.names().get(i)));
            Arrays.stream(confusion[i]).mapToObj(String::valueOf).forEach(row::add);
            rows.add(row);
        }
        boolean[] right = new boolean[heading.size()];
        Arrays.fill(right, 1, right.length, true);
        return Tables.format(rows, right);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5 ? "%.4f" : "%.4g", value);
    }
}
