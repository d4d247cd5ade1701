package dev.chainrule.builtin.schedule;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.value.Span;
import java.util.List;

/**
 * The rate η = from + (target − from)·step / over while step &lt; over, target being the rate of {@code then} at step
 * {@code over}; after that η is the rate of {@code then}.
 *
 * <p>{@code then} counts from the run's start, not from the end of the warm-up: {@code cosine} over the whole run still
 * ends with the run. If it depends on a metric, it uses the value known now.
 *
 * <p>Source: P. Goyal et al., "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour", 2017, section 2.2.
 */
@Component("warmup")
@Doc("Raises the learning rate linearly at the start, until another schedule takes over. That schedule counts "
        + "from the start of the run, too.")
public record Warmup(
        @Doc("How long the rise takes, such as '1 epoch' or '200 steps'.")
        Span over,

        @Doc("The learning rate after that: a number or a schedule.")
        Schedule then,

        @Doc("The first learning rate: 0 or more.") @Default("0")
        double from)
        implements Schedule {
    public Warmup {
        Rates.require("from", from);
    }

    @Override
    public List<String> metricsUsed() {
        return then.metricsUsed();
    }

    @Override
    public double rate(Progress progress) {
        long steps = progress.steps(over);
        if (progress.step() >= steps) {
            return then.rate(progress);
        }
        double target = then.rate(Progress.at(steps, progress.stepsPerEpoch(), progress.epochs(), progress.history()));
        return from + (target - from) * progress.step() / steps;
    }
}
