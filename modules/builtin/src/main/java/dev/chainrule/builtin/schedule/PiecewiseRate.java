package dev.chainrule.builtin.schedule;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.value.Span;
import java.util.List;

/**
 * The rate η of {@code rates[k]}, if k of the places {@code at} have been reached. Schedules among the rates count from the
 * run's start.
 */
@Component("piecewise")
@Doc("Switches from one learning rate to the next at given points of the run.")
public record PiecewiseRate(
        @Doc("The learning rates, first to last: numbers or schedules, which count from the start of the run, too.")
        List<Schedule> rates,

        @Doc("Where each rate but the first begins, such as ['10 epochs', '20 epochs']: ascending, all in epochs or "
                + "all in steps.")
        List<Span> at)
        implements Schedule {
    public PiecewiseRate {
        rates = List.copyOf(rates);
        at = List.copyOf(at);
        for (int i = 1; i < at.size(); i++) {
            Span before = at.get(i - 1);
            ParameterException.require(
                    at.get(i).unit() == before.unit() && at.get(i).count() > before.count(),
                    "at[" + i + "]",
                    at.get(i),
                    "a point after " + before + ", in the same unit");
        }
        ParameterException.require(
                rates.size() == at.size() + 1,
                "rates",
                "a list of " + rates.size(),
                "a list of " + (at.size() + 1) + ", one longer than at");
    }

    @Override
    public List<String> metricsUsed() {
        return rates.stream().flatMap(rate -> rate.metricsUsed().stream()).toList();
    }

    @Override
    public double rate(Progress progress) {
        int reached = 0;
        while (reached < at.size() && progress.step() >= progress.steps(at.get(reached))) {
            reached++;
        }
        return rates.get(reached).rate(progress);
    }
}
