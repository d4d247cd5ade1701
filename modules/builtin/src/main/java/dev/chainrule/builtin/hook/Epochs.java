package dev.chainrule.builtin.hook;

import dev.chainrule.api.History;
import dev.chainrule.api.Progress;
import java.util.List;
import java.util.Locale;

/** Put the progress of a run after its last update into words. */
final class Epochs {
    private static final List<String> ACCURACIES = List.of("validation.accuracy", "train.accuracy");

    private Epochs() {}

    /** Return the number, from 1, of the epoch that the last update belongs to. */
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

    /** Append the latest value of every metric: {@code   train.loss 0.1234}. */
    static void appendMetrics(StringBuilder line, Progress progress) {
        for (String metric : progress.history().metrics()) {
            append(line, metric, progress.history());
        }
    }

    /** Append the latest accuracy, on validation data if there is any. */
    static void appendAccuracy(StringBuilder line, Progress progress) {
        History history = progress.history();
        for (String metric : ACCURACIES) {
            if (!history.values(metric).isEmpty()) {
                append(line, metric, history);
                return;
            }
        }
    }

    /** Return a number with four significant digits. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    private static void append(StringBuilder line, String metric, History history) {
        List<Double> values = history.values(metric);
        if (!values.isEmpty()) {
            line.append("  ").append(metric).append(' ').append(number(values.get(values.size() - 1)));
        }
    }
}
