package dev.chainrule.builtin.hook;

import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Progress;
import dev.chainrule.math.Numbers;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The progress of a run after its last update, in words. */
final class Epochs {
    private static final List<String> ACCURACIES = List.of("validation.accuracy", "train.accuracy");

    private Epochs() {}

    /** Return the number, from 1, of the epoch that contains the last update. */
    static long number(Progress progress) {
        return Math.max(1, (progress.step() + progress.stepsPerEpoch() - 1) / progress.stepsPerEpoch());
    }

    /** Return the updates done in that epoch. */
    static long stepsIntoEpoch(Progress progress) {
        return progress.step() - (number(progress) - 1) * progress.stepsPerEpoch();
    }

    /** Return {@code epoch  3/10}. */
    static String label(Progress progress) {
        String epochs = String.valueOf(progress.epochs());
        return String.format(Locale.ROOT, "epoch %" + epochs.length() + "d/%s", number(progress), epochs);
    }

    /**
     * Append the latest value of every metric: {@code   train loss 0.1234 accuracy 0.9876  validation loss 0.1456}. If the network has
     * several outputs, their metrics follow those of the whole network, as many as there is room for.
     *
     * @param room the columns that metrics of outputs may fill
     */
    static void appendMetrics(StringBuilder line, Progress progress, int room) {
        List<String> metrics = progress.history().metrics().stream()
                .sorted(Comparator.comparing(Epochs::isOfOutput))
                .toList();
        String dataset = "";
        for (String metric : metrics) {
            String before = dataset;
            dataset = metric.substring(0, Math.max(0, metric.lastIndexOf('.')));
            String text = (dataset.equals(before) ? "" : "  " + dataset)
                    + ' '
                    + metric.substring(metric.lastIndexOf('.') + 1)
                    + ' '
                    + Numbers.rounded(latest(metric, progress.history()));
            if (isOfOutput(metric) && line.length() + text.length() > room) {
                return;
            }
            line.append(text);
        }
    }

    /** Return whether a metric is that of one of several outputs, such as {@code train.good.accuracy}. */
    private static boolean isOfOutput(String metric) {
        return metric.indexOf('.') != metric.lastIndexOf('.');
    }

    /** Return the latest accuracy, on validation data if there is any: {@code validation accuracy 0.9876}. */
    static Optional<String> accuracy(Progress progress) {
        return ACCURACIES.stream()
                .filter(metric -> !progress.history().values(metric).isEmpty())
                .findFirst()
                .map(metric -> metric.replace('.', ' ') + " " + Numbers.rounded(latest(metric, progress.history())));
    }

    private static double latest(String metric, History history) {
        List<Double> values = history.values(metric);
        return values.get(values.size() - 1);
    }
}
