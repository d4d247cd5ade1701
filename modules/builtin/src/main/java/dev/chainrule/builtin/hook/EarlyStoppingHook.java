package dev.chainrule.builtin.hook;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Run;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Hook;
import java.util.List;
import java.util.Optional;

/**
 * A stop of the run when a metric has not improved for some epochs: a value is better if it beats the best one so far
 * by more than {@code min_delta}, the first one always, NaN never. The epochs since the best one are counted after
 * each; the run stops when there are {@code patience} of them.
 */
@Component("early_stopping")
@Doc("Stops the run when a metric has not improved for some epochs, or has reached a target.")
public record EarlyStoppingHook(
        @Doc("The metric to watch, by its full name, such as validation.loss.") @Default("validation.loss")
        String metric,

        @Doc("How many epochs to wait for an improvement: 1 or more.") @Default("5")
        int patience,

        @Doc("The margin by which a value must beat the best one to count as an improvement: 0 or more.") @Default("0")
        double minDelta,

        @Doc("Which values are better: min or max; by default, as the metric declares.")
        Optional<Watched.Mode> mode,

        @Doc("The value at which to stop immediately. By default, none.")
        Optional<Double> threshold,

        @Doc("Whether to keep the model of the best epoch instead of that of the last one.") @Default("true")
        boolean restoreBest)
        implements HookSpec {
    public EarlyStoppingHook {
        ParameterException.require(patience >= 1, "patience", patience, "1 or more");
        ParameterException.require(
                minDelta >= 0 && Double.isFinite(minDelta), "minDelta", minDelta, "a finite number, 0 or more");
        threshold.ifPresent(
                limit -> ParameterException.require(Double.isFinite(limit), "threshold", limit, "a finite number"));
    }

    @Override
    public Hook create(Run run) {
        return new Stopper(this, run);
    }

    @Override
    public List<String> metricsUsed() {
        return List.of(metric);
    }

    Watched watched() {
        return new Watched(metric, mode);
    }
}
