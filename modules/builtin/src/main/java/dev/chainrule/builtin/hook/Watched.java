package dev.chainrule.builtin.hook;

import dev.chainrule.api.Run;
import java.util.List;
import java.util.Optional;

/**
 * One watched metric of a run. Hooks declare it by {@link dev.chainrule.api.HookSpec#metricsUsed}, so that the run measures
 * it.
 *
 * @param mode the direction of better values; empty for that of the metric
 */
record Watched(String metric, Optional<Mode> mode) {
    /** The direction of better values. */
    public enum Mode {
        MIN,
        MAX
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
