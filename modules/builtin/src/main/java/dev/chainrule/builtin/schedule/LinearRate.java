package dev.chainrule.builtin.schedule;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.value.Span;
import java.util.Optional;

/** The rate η = to + (from − to)·(over − step) / over while step &lt; over, then η = to. */
@Component("linear")
@Doc("Changes the learning rate evenly from one number to another.")
public record LinearRate(
        @Doc("The first learning rate: 0 or more.") double from,

        @Doc("The last learning rate: 0 or more.") @Default("0")
        double to,

        @Doc("How long it takes, such as '5 epochs' or '200 steps'; by default, the whole run. After that, "
                + "the rate stays constant.")
        Optional<Span> over)
        implements Decline {
    public LinearRate {
        Rates.require("from", from);
        Rates.require("to", to);
    }

    @Override
    public double height(long step, long steps) {
        return (double) (steps - step) / steps;
    }
}
