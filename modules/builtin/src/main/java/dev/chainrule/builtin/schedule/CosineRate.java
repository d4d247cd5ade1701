package dev.chainrule.builtin.schedule;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.value.Span;
import java.util.Optional;

/**
 * The rate η = to + (from − to)·(1 + cos(π·step / over)) / 2 while step &lt; over, then η = to.
 *
 * <p>Source: I. Loshchilov, F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017, equation 5,
 * without restarts: {@link CosineRestartsRate} has them.
 */
@Component("cosine")
@Doc("Lowers the learning rate along half a cosine wave: slowly at first, then faster, then slowly again.")
public record CosineRate(
        @Doc("The first learning rate: 0 or more.") double from,

        @Doc("The last learning rate: 0 or more.") @Default("0")
        double to,

        @Doc("How long it takes, such as '5 epochs' or '200 steps'; by default, the whole run. After that, "
                + "the rate stays constant.")
        Optional<Span> over)
        implements Decline {
    public CosineRate {
        Rates.require("from", from);
        Rates.require("to", to);
    }

    @Override
    public double height(long step, long steps) {
        return wave(step, steps);
    }

    /** Return (1 + cos(π·step / steps)) / 2. */
    static double wave(double step, double steps) {
        return (1 + StrictMath.cos(Math.PI * step / steps)) / 2;
    }
}
