package dev.chainrule.engine.check;

import java.util.Optional;
import java.util.function.LongSupplier;

/** Divide a budget of time among what is still to be done. */
final class Deadline {
    private static final double NANOS = 1e9;

    private final LongSupplier nanos;
    private final Optional<Long> end;

    /** Begin now. */
    Deadline(LongSupplier nanos, Optional<Double> seconds) {
        this.nanos = nanos;
        this.end = seconds.map(budget -> nanos.getAsLong() + (long) (budget * NANOS));
    }

    /** Say when something has to be done. */
    @FunctionalInterface
    interface Until {
        boolean passed();
    }

    /** Return when the first of {@code count} things left has to be done, each getting the same of the time that is left. */
    Until share(int count) {
        if (end.isEmpty()) {
            return () -> false;
        }
        long now = nanos.getAsLong();
        long until = now + Math.max(0, end.get() - now) / count;
        return () -> nanos.getAsLong() - until >= 0;
    }
}
