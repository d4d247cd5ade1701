package dev.chainrule.builtin.schedule;

import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.value.Span;
import java.util.Optional;

/**
 * A rate that passes from one number to another along a curve: η = to + (from − to)·height(step) while step &lt; over, then
 * η = to. The first update is made with {@code from}; over the whole run the last one is made one step before {@code to}
 * would be reached.
 */
interface Decline extends Schedule {
    /** Return the rate of the first update. */
    double from();

    /** Return the rate after the last update. */
    double to();

    /** Return the length; empty for that of the whole run. */
    Optional<Span> over();

    /** Return the height of the curve: 1 at step 0, 0 at the last one. */
    double height(long step, long steps);

    @Override
    default double rate(Progress progress) {
        long steps = Rates.steps(over(), progress);
        return progress.step() >= steps ? to() : to() + (from() - to()) * height(progress.step(), steps);
    }
}
