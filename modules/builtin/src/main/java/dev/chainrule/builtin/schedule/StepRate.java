package dev.chainrule.builtin.schedule;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.value.Span;

/** The rate η = from·factor^⌊step / every⌋. */
@Component("step")
@Doc("Multiplies the learning rate by a factor at regular intervals.")
public record StepRate(
        @Doc("The first learning rate: 0 or more.") double from,

        @Doc("The factor: above 0, at most 1.") double factor,

        @Doc("The interval, such as '5 epochs' or '200 steps'.")
        Span every)
        implements Schedule {
    public StepRate {
        Rates.require("from", from);
        Rates.requireFactor(factor);
    }

    @Override
    public double rate(Progress progress) {
        long drops = progress.step() / progress.steps(every);
        return from * StrictMath.pow(factor, drops);
    }
}
