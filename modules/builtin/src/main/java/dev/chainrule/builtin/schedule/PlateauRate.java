package dev.chainrule.builtin.schedule;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Progress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The rate η = max(to, from·factorᵏ), k being the number of times that {@code patience} epochs in a row were no better by
 * {@code min_delta} than the best one before. The count begins again after each of these times and after each improvement.
 * NaN is never better. k is counted from the recorded metrics at each step, so there is no state.
 */
@Component("plateau")
@Doc("Multiplies the learning rate by a factor whenever a metric has not improved for some epochs.")
public record PlateauRate(
        @Doc("The first learning rate: 0 or more.") double from,

        @Doc("The metric to watch, by its full name, such as validation.loss.") @Default("validation.loss")
        String metric,

        @Doc("How many epochs to wait for an improvement: 1 or more.") @Default("5")
        int patience,

        @Doc("The factor: above 0, at most 1.") @Default("0.1")
        double factor,

        @Doc("The lowest learning rate: 0 or more, at most from.") @Default("0")
        double to,

        @Doc("The margin by which a value must beat the best one to count as an improvement: 0 or more.") @Default("0")
        double minDelta,

        @Doc("Which values are better: min or max. By default, min for a loss; required for other metrics.")
        Optional<Better> mode)
        implements Schedule {
    /** The direction of better values. */
    public enum Better {
        MIN,
        MAX
    }

    public PlateauRate {
        Rates.require("from", from);
        ParameterException.require(patience >= 1, "patience", patience, "1 or more");
        Rates.requireFactor(factor);
        ParameterException.require(to >= 0 && to <= from, "to", to, "0 or more, at most from");
        Rates.require("minDelta", minDelta);
        ParameterException.require(
                mode.isPresent() || metric.toLowerCase(Locale.ROOT).endsWith("loss"),
                "mode",
                "not given, and " + metric + " is not a loss",
                "min if a lower value is better, max if a higher one is");
    }

    @Override
    public List<String> metricsUsed() {
        return List.of(metric);
    }

    @Override
    public double rate(Progress progress) {
        return Math.max(
                to, from * StrictMath.pow(factor, plateaus(progress.history().values(metric))));
    }

    private int plateaus(List<Double> values) {
        double sign = mode.isPresent() && mode.get() == Better.MAX ? -1 : 1;
        double best = Double.POSITIVE_INFINITY;
        int waited = 0;
        int plateaus = 0;
        for (int epoch = 0; epoch < values.size(); epoch++) {
            double value = sign * values.get(epoch);
            if (value < best - minDelta) {
                best = value;
                waited = 0;
            } else if (++waited == patience) {
                plateaus++;
                waited = 0;
            }
        }
        return plateaus;
    }
}
