package dev.chainrule.builtin.schedule;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Span;
import java.util.Optional;

/** The rate η = to + (from − to)·((over − step) / over)^power while step &lt; over, then η = to. */
@Component("polynomial")
@Doc("Changes the learning rate from one number to another along a power of the remaining time.")
public record PolynomialRate(
        @Doc("The first learning rate: 0 or more.") double from,

        @Doc("The last learning rate: 0 or more.") @Default("0")
        double to,

        @Doc("The exponent: above 0. A larger one lowers the rate earlier; 1 is linear.") @Default("2")
        double power,

        @Doc("How long it takes, such as '5 epochs' or '200 steps'; by default, the whole run. After that, "
                + "the rate stays constant.")
        Optional<Span> over)
        implements Decline {
    public PolynomialRate {
        Rates.require("from", from);
        Rates.require("to", to);
        ParameterException.require(power > 0 && Double.isFinite(power), "power", power, "a finite number above 0");
    }

    @Override
    public double height(long step, long steps) {
        return StrictMath.pow((double) (steps - step) / steps, power);
    }
}
