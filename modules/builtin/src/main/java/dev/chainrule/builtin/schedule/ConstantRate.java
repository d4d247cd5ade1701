package dev.chainrule.builtin.schedule;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.Progress;

/** A constant η. */
@Component("constant")
@Doc("A constant learning rate. A number is short for it: learning_rate: 0.1.")
public record ConstantRate(
        @Doc("The learning rate: 0 or more.") double value) implements Schedule {
    public ConstantRate {
        Rates.require("value", value);
    }

    @Override
    public double rate(Progress progress) {
        return value;
    }
}
