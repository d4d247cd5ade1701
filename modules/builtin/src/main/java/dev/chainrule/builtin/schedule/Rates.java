package dev.chainrule.builtin.schedule;

import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.value.Span;
import java.util.Optional;

/** A check of numbers written in a config, and the length of a schedule. */
final class Rates {
    private Rates() {}

    /** Throw unless a rate is finite and 0 or more. */
    static void require(String parameter, double rate) {
        ParameterException.require(rate >= 0 && Double.isFinite(rate), parameter, rate, "a finite number, 0 or more");
    }

    /** Throw unless a factor is above 0 and at most 1. */
    static void requireFactor(double factor) {
        ParameterException.require(factor > 0 && factor <= 1, "factor", factor, "above 0, at most 1");
    }

    /** Return the number of updates in a span; without one, in the whole run. */
    static long steps(Optional<Span> over, Progress progress) {
        return over.isPresent() ? progress.steps(over.get()) : progress.totalSteps();
    }
}
