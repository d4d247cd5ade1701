package dev.chainrule.builtin.schedule;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.value.Span;

/** The rate η = from·factor^(step / every): {@link StepRate} without its steps. */
@Component("exponential")
@Doc("Lowers the learning rate a little at every update, by the same factor in every interval of a given length.")
public record ExponentialRate(
        @Doc("The first learning rate: 0 or more.") double from,

        @Doc("The factor: above 0, at most 1.") double factor,

        @Doc("The interval, such as '1 epoch' or '200 steps'.")
        Span every)
        implements Schedule {
    public ExponentialRate {
        Rates.require("from", from);
        Rates.requireFactor(factor);
    }

    @Override
    public double rate(Progress progress) {
        return from * StrictMath.pow(factor, (double) progress.step() / progress.steps(every));
    }
}
