package dev.chainrule.builtin.schedule;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.value.Span;

/**
 * The rate η = to + (from·factorᵏ − to)·(1 + cos(π·s / n)) / 2 in cycle k = 0, 1, …, which has n = first·growthᵏ steps, s of
 * them done. A peak below {@code to} counts as {@code to}.
 *
 * <p>Source: I. Loshchilov, F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017, equation 5, where
 * growth is T_mult and factor is 1.
 */
@Component("cosine_restarts")
@Doc("Repeatedly lowers the learning rate along half a cosine wave, and restarts each wave at a high rate.")
public record CosineRestartsRate(
        @Doc("The first learning rate: 0 or more.") double from,

        @Doc("The length of the first wave, such as '5 epochs' or '200 steps'.")
        Span first,

        @Doc("The learning rate at the end of each wave: 0 or more.") @Default("0")
        double to,

        @Doc("How many times as long each wave is as the one before: 1 or more.") @Default("1")
        int growth,

        @Doc("The factor by which each restart multiplies the highest rate: above 0, at most 1.") @Default("1")
        double factor)
        implements Schedule {
    public CosineRestartsRate {
        Rates.require("from", from);
        Rates.require("to", to);
        ParameterException.require(growth >= 1, "growth", growth, "1 or more");
        Rates.requireFactor(factor);
    }

    @Override
    public double rate(Progress progress) {
        long length = progress.steps(first);
        long step = progress.step();
        long cycle = 0;
        if (growth == 1) {
            cycle = step / length;
            step %= length;
        } else {
            while (step >= length) {
                step -= length;
                length *= growth;
                cycle++;
            }
        }
        double peak = Math.max(from * StrictMath.pow(factor, cycle), to);
        return to + (peak - to) * CosineRate.wave(step, length);
    }
}
