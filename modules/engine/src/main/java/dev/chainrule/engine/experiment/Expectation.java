package dev.chainrule.engine.experiment;

import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.math.Numbers;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The bounds that a metric must meet. */
@Doc("The bounds that a metric must meet.")
public record Expectation(
        @Doc("Smallest value that passes.") Optional<Double> min,
        @Doc("Largest value that passes.") Optional<Double> max,

        @Doc("The value to check: last (that of the final model), first (that of the first epoch), highest or lowest "
                + "(of all epochs).")
        @Default("last")
        At at,

        @Doc("Whether the value of the final model must also be above that of the first epoch.") @Default("false")
        boolean rises) {

    /** The values that can count: that of the kept model, of the first epoch, or the highest or lowest of all epochs. */
    public enum At {
        LAST,
        FIRST,
        HIGHEST,
        LOWEST
    }

    public Expectation {
        if (min.isEmpty() && max.isEmpty() && !rises) {
            throw new IllegalArgumentException("min, max or rises is required");
        }
        if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
            throw new IllegalArgumentException("min " + Numbers.format(min.get()) + " is above max "
                    + Numbers.format(max.get()) + ", so nothing passes");
        }
    }

    /**
     * Judge a metric.
     *
     * @param kept its value for the kept model
     * @param values one per epoch, oldest first, at least one
     * @return the missed bound, in words; empty if none was missed
     */
    public Optional<String> miss(double kept, List<Double> values) {
        double value = switch (at) {
            case LAST -> kept;
            case FIRST -> values.get(0);
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
        if (rises && !(kept > values.get(0))) {
            return Optional.of(
                    "the value " + Numbers.format(kept) + " is not above the first, " + Numbers.format(values.get(0)));
        }
        return Optional.empty();
    }

    private String label() {
        return switch (at) {
            case LAST -> "";
            case FIRST -> "first value ";
            case HIGHEST -> "highest value ";
            case LOWEST -> "lowest value ";
        };
    }
}
