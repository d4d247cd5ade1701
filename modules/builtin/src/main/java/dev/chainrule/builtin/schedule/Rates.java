package dev.chainrule.builtin.schedule;

import dev.chainrule.api.error.ParameterException;

/** A check of learning rates written in a config. */
final class Rates {
    private Rates() {}

    /** Throw unless a rate is finite and 0 or more. */
    static void require(String parameter, double rate) {
        ParameterException.require(rate >= 0 && Double.isFinite(rate), parameter, rate, "a finite number, 0 or more");
    }
}
