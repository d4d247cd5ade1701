package dev.chainrule.engine.experiment;

import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.math.Numbers;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Declare the band that a metric must reach. */
@Doc("The band that a metric must reach.")
public record Expectation(
        @Doc("Smallest value that passes.") Optional<Double> min,
        @Doc("Largest value that passes.") Optional<Double> max,

        @Doc("Which of the epochs' values counts: last, highest or lowest.") @Default("last")
        At at,

        @Doc("Whether the last value must also be above the first.") @Default("false")
        boolean rises) {

    /** Which of the epochs' values counts. */
    public enum At {
        LAST,
        HIGHEST,
        LOWEST
    }

    public Expectation {
        if (min.isEmpty() && max.isEmpty() && !rises) {
            throw new IllegalArgumentException("min, max or rises is needed");
        }
        if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
            throw new IllegalArgumentException("min " + Numbers.format(min.get()) + " is above max "
                    + Numbers.format(max.get()) + ", so nothing passes");
        }
    }

    /**
     * Judge the recorded values of a metric.
     *
     * @param values one an epoch, oldest first, at least one
     * @return what was missed, in words; empty when nothing was
     */
    public Optional<String> miss(List<Double> values) {
        double last = values.get(values.size() - 1);
        double value = switch (at) {
            case LAST -> last;
            case HIGHEST -> Collections.max(values);
            case LOWEST -> Collections.min(values);
        };
        // Written so that NaN misses.
        if (min.isPresent() && !(value >= min.get())) {
            return Optional.of(
                    label() + Numbers.format(value) + ", at least " + Numbers.format(min.get()) + " expected");
        }
        if (max.isPresent() && !(value <= max.get())) {
            return Optional.of(
                    label() + Numbers.format(value) + ", at most " + Numbers.format(max.get()) + " expected");
        }
        if (rises && !(last > values.get(0))) {
            return Optional.of(
                    "last value " + Numbers.format(last) + " is not above the first, " + Numbers.format(values.get(0)));
        }
        return Optional.empty();
    }

    private String label() {
        return switch (at) {
            case LAST -> "";
            case HIGHEST -> "highest value ";
            case LOWEST -> "lowest value ";
        };
    }
}
