package dev.chainrule.engine.check;

import java.util.Optional;
import java.util.function.LongSupplier;

/** The deadlines of several tasks that share a budget of time. */
final class Deadline {
    private static final double NANOS = 1e9;

    private final LongSupplier nanos;
    private final Optional<Long> end;

    /** Start the clock. */
    Deadline(LongSupplier nanos, Optional<Double> seconds) {
        this.nanos = nanos;
        this.end = seconds.map(budget -> nanos.getAsLong() + (long) (budget * NANOS));
    }

    /** The time at which a task has to be done. */
    @FunctionalInterface
    interface Until {
        boolean passed();
    }

    /** Return when the first of {@code count} remaining tasks has to be done, each getting the same share of the remaining time. */
    Until share(int count) {
        if (end.isEmpty()) {
            return () -> false;
        }
        long now = nanos.getAsLong();
        long until = now + Math.max(0, end.get() - now) / count;
        return () -> nanos.getAsLong() - until >= 0;
    }
}
