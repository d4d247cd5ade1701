package dev.chainrule.builtin.schedule;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.value.Span;

/**
 * The rate η = from / (1 + decay·step / every), the sequence 1/(1 + t) of H. Robbins, S. Monro, "A Stochastic Approximation
 * Method", Annals of Mathematical Statistics 22, 1951: its sum is infinite, that of its squares finite.
 */
@Component("inverse_time")
@Doc("Divides the learning rate by a number that grows evenly with time: half after one interval, a third after two.")
public record InverseTimeRate(
        @Doc("The first learning rate: 0 or more.") double from,

        @Doc("The interval, such as '1 epoch' or '200 steps'.")
        Span every,

        @Doc("The growth of the divisor per interval: 0 or more.") @Default("1")
        double decay)
        implements Schedule {
    public InverseTimeRate {
        Rates.require("from", from);
        Rates.require("decay", decay);
    }

    @Override
    public double rate(Progress progress) {
        return from / (1 + decay * progress.step() / progress.steps(every));
    }
}
