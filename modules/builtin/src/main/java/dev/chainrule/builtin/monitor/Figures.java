package dev.chainrule.builtin.monitor;

import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Progress;
import dev.chainrule.math.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The metrics of an epoch or of the test data, as a line of metrics.jsonl has them.
 *
 * @param epoch from 0; for the test data, the number of epochs
 * @param step the updates done
 * @param metrics by full name, in the order of reports
 */
record Figures(int epoch, long step, Map<String, Double> metrics) {
    private static final String TEST = "test.";

    /** Return the number of epochs with recorded metrics. */
    static int epochs(Progress progress) {
        return progress.history().metrics().stream()
                .filter(metric -> !isOfTest(metric))
                .mapToInt(metric -> progress.history().values(metric).size())
                .max()
                .orElse(0);
    }

    /** Return the metrics of an epoch, counted from 0. A metric may have been added when the run was resumed. */
    static Figures ofEpoch(int epoch, Progress progress) {
        int after = epochs(progress) - epoch;
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String metric : progress.history().metrics()) {
            List<Double> values = progress.history().values(metric);
            if (!isOfTest(metric) && values.size() >= after) {
                metrics.put(metric, values.get(values.size() - after));
            }
        }
        return new Figures(epoch, (epoch + 1) * progress.stepsPerEpoch(), metrics);
    }

    /** Return the metrics of the test data; empty if there are none. */
    static Optional<Figures> ofTest(Progress progress) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        History history = progress.history();
        history.metrics().stream()
                .filter(Figures::isOfTest)
                .forEach(metric -> metrics.put(
                        metric,
                        history.values(metric).get(history.values(metric).size() - 1)));
        return metrics.isEmpty()
                ? Optional.empty()
                : Optional.of(new Figures(progress.epoch(), progress.step(), metrics));
    }

    static boolean isOfTest(String metric) {
        return metric.startsWith(TEST);
    }

    /**
     * Return a number with all its digits, as the programs read it that this package writes for.
     *
     * @param infinity its name there
     */
    static String text(double value, String infinity) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return Double.isInfinite(value) ? (value < 0 ? "-" : "") + infinity : Numbers.format(value);
    }
}
