package dev.chainrule.builtin.hook;

import dev.chainrule.api.InputException;
import dev.chainrule.api.Metric;
import dev.chainrule.api.Run;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Watch one metric of a run.
 *
 * @param mode which values are better; empty for what the metric says of itself
 */
record Watched(String metric, Optional<Mode> mode) {
    /** Which values of a metric are better. */
    public enum Mode {
        MIN,
        MAX
    }

    /**
     * Check that a run measures the metric after each epoch.
     *
     * @throws InputException at {@code place} if it does not
     */
    void check(SortedMap<String, Metric> measured, String place) {
        if (!measured.containsKey(metric)) {
            throw new InputException(
                            "nothing measures '" + metric + "' after each epoch",
                            "Measured: " + String.join(", ", measured.keySet()) + ".",
                            "metrics: adds to what is measured, data.validation adds where.")
                    .atConfig(place);
        }
    }

    /** Return whether one value is better than another by more than {@code delta}; NaN is never better. */
    boolean isBetter(double value, double other, double delta, Run run) {
        return isMax(run) ? value > other + delta : value < other - delta;
    }

    /** Return whether a value is as good as a limit. */
    boolean reaches(double value, double limit, Run run) {
        return isMax(run) ? value >= limit : value <= limit;
    }

    /** Return the value of the last epoch; NaN before the first. */
    double latest(Run run) {
        List<Double> values = run.progress().history().values(metric);
        return values.isEmpty() ? Double.NaN : values.get(values.size() - 1);
    }

    private boolean isMax(Run run) {
        return mode.map(given -> given == Mode.MAX)
                .orElseGet(() -> run.measured().get(metric).higherIsBetter());
    }
}
