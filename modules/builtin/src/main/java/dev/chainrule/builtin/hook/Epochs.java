package dev.chainrule.builtin.hook;

import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Progress;
import dev.chainrule.math.Numbers;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The progress of a run after its last update, in words. */
final class Epochs {
    private static final List<String> LOSSES = List.of("validation.loss", "train.loss");

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

    /** Return the metrics of the last epoch; if the network has several outputs, theirs follow those of the whole network. */
    static List<String> metrics(Progress progress) {
        return progress.history().metrics().stream()
                .filter(metric -> !progress.history().values(metric).isEmpty())
                .sorted(Comparator.comparing(Epochs::isOfOutput))
                .toList();
    }

    /** Append the latest value of every metric: {@code   train loss 0.1234 accuracy 0.9876  validation loss 0.1456}. */
    static void appendMetrics(StringBuilder line, Progress progress) {
        appendMetrics(line, metrics(progress), metric -> Numbers.rounded(latest(metric, progress.history())));
    }

    /** Append metrics with their values in words. */
    static void appendMetrics(StringBuilder line, List<String> metrics, UnaryOperator<String> value) {
        String dataset = "";
        for (String metric : metrics) {
            String before = dataset;
            dataset = metric.substring(0, Math.max(0, metric.lastIndexOf('.')));
            line.append(dataset.equals(before) ? "" : "  " + dataset)
                    .append(' ')
                    .append(nameOf(metric))
                    .append(' ')
                    .append(value.apply(metric));
        }
    }

    /** Return a metric's name without its data and its output: {@code accuracy}. */
    static String nameOf(String metric) {
        return metric.substring(metric.lastIndexOf('.') + 1);
    }

    /** Return whether a metric is that of one of several outputs, such as {@code train.good.accuracy}. */
    static boolean isOfOutput(String metric) {
        return metric.indexOf('.') != metric.lastIndexOf('.');
    }

    /** Return the metric by which an epoch is called the best: the loss, on validation data if there is any. */
    static Optional<String> judged(Progress progress) {
        return LOSSES.stream()
                .filter(metric -> !progress.history().values(metric).isEmpty())
                .findFirst();
    }

    /** Return the lowest of some values that are not NaN; NaN if there is none. */
    static double lowest(List<Double> values) {
        return values.stream()
                .filter(value -> !value.isNaN())
                .min(Double::compare)
                .orElse(Double.NaN);
    }

    /** Return the latest value of a metric. */
    static double latest(String metric, History history) {
        List<Double> values = history.values(metric);
        return values.get(values.size() - 1);
    }
}
