package dev.chainrule.builtin.schedule;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.value.Span;
import java.util.Optional;

/**
 * One wave of the learning rate. With p = peak, u = rise·over and s = step:
 *
 * <ul>
 *   <li>η = from·p + (p − from·p)·(1 − cos(π·s / u)) / 2 while s &lt; u;
 *   <li>η = to·p + (p − to·p)·(1 + cos(π·(s − u) / (over − u))) / 2 while s &lt; over, then η = to·p.
 * </ul>
 *
 * <p>Source: L. Smith, N. Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates", 2017,
 * with the cosine curves and the defaults of PyTorch's OneCycleLR. Unlike there, the momentum stays constant, and the last
 * update is made one step before the end would be reached.
 */
@Component("one_cycle")
@Doc("Raises the learning rate to its peak in the first part of the run, then lowers it far below its start.")
public record OneCycleRate(
        @Doc("The highest learning rate: 0 or more.") double peak,

        @Doc("The share of the length during which the rate rises: above 0 and below 1.") @Default("0.3")
        double rise,

        @Doc("The first learning rate, as a share of the peak: from 0 to 1.") @Default("0.04")
        double from,

        @Doc("The last learning rate, as a share of the peak: from 0 to 1.") @Default("4e-6")
        double to,

        @Doc("The length of the wave, such as '5 epochs' or '200 steps'; by default, the whole run. After that, "
                + "the rate stays constant.")
        Optional<Span> over)
        implements Schedule {
    public OneCycleRate {
        Rates.require("peak", peak);
        ParameterException.require(rise > 0 && rise < 1, "rise", rise, "above 0 and below 1");
        ParameterException.require(from >= 0 && from <= 1, "from", from, "from 0 to 1");
        ParameterException.require(to >= 0 && to <= 1, "to", to, "from 0 to 1");
    }

    @Override
    public double rate(Progress progress) {
        long steps = Rates.steps(over, progress);
        long step = progress.step();
        if (step >= steps) {
            return to * peak;
        }
        double top = rise * steps;
        double share = step < top
                ? 1 - (1 - from) * CosineRate.wave(step, top)
                : to + (1 - to) * CosineRate.wave(step - top, steps - top);
        return share * peak;
    }
}
