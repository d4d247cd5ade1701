package dev.chainrule.builtin.hook;

import dev.chainrule.api.training.Progress;
import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The line of each epoch, {@code epoch  3/10  train loss 0.1234  validation loss 0.1456 accuracy 0.9876}. A number is as wide as the
 * widest so far of its metric, so that numbers of different epochs are in line. If not all metrics fit, those of the whole network come
 * before those of its outputs, then metrics in the order of the config, and validation before training.
 */
final class EpochLine {
    private static final int NARROWEST = 6;
    private static final String VALIDATION = "validation.";

    private final Map<String, Integer> widths = new TreeMap<>();

    /**
     * Return the line of the epoch that has just ended.
     *
     * @param end follows the metrics
     * @param columns that the line may fill; one metric is shown in any case
     */
    String of(Progress progress, String end, int columns) {
        List<String> all = Epochs.metrics(progress);
        for (String metric : all) {
            int width =
                    Numbers.rounded(Epochs.latest(metric, progress.history())).length();
            widths.merge(metric, Math.max(NARROWEST, width), Math::max);
        }
        List<String> labels = all.stream().map(Epochs::nameOf).distinct().toList();
        List<String> byImportance = new ArrayList<>(all);
        byImportance.sort(Comparator.comparing(Epochs::isOfOutput)
                .thenComparing(metric -> labels.indexOf(Epochs.nameOf(metric)))
                .thenComparing(metric -> !metric.startsWith(VALIDATION)));
        TreeSet<String> chosen = new TreeSet<>();
        String line = Epochs.label(progress) + end;
        for (String metric : byImportance) {
            chosen.add(metric);
            String longer = text(progress, all.stream().filter(chosen::contains).toList()) + end;
            if (chosen.size() > 1 && longer.length() > columns) {
                break;
            }
            line = longer;
        }
        return line;
    }

    private String text(Progress progress, List<String> metrics) {
        StringBuilder line = new StringBuilder(Epochs.label(progress));
        Epochs.appendMetrics(line, metrics, metric -> {
            String number = Numbers.rounded(Epochs.latest(metric, progress.history()));
            return number + " ".repeat(widths.get(metric) - number.length());
        });
        return line.toString();
    }
}
