package dev.chainrule.engine.contract;

import dev.chainrule.math.Numbers;

/**
 * A violation of a contract.
 *
 * @param value the checked value: {@code derivative}, {@code float32 a}
 * @param expected the value that is required
 * @param got the value that the component produced
 * @param at where: {@code z = 0.5}; empty if the place is not a single number
 */
public record Finding(String value, String expected, String got, String at) {
    /** Report a number; NaN as the expected one means any finite number. */
    static Finding of(String value, double expected, double got, String at) {
        String wanted = Double.isNaN(expected) ? "a finite number" : Numbers.format(expected);
        return new Finding(value, wanted, Numbers.format(got), at);
    }

    /** Return the finding as a sentence: {@code derivative at z = 0.5: expected 1.25, got 1.5}. */
    public String text() {
        return value + (at.isEmpty() ? "" : " at " + at) + ": expected " + expected + ", got " + got;
    }
}
