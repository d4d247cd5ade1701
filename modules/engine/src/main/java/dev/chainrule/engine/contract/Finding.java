package dev.chainrule.engine.contract;

import dev.chainrule.math.Numbers;

/**
 * Report what breaks a contract.
 *
 * @param value what was looked at: {@code derivative}, {@code float32 a}
 * @param expected what it should be
 * @param got what the component made it
 * @param at where: {@code z = 0.5}; empty where no single number says it
 */
public record Finding(String value, String expected, String got, String at) {
    /** Report a number; NaN is expected where any finite number would do. */
    static Finding of(String value, double expected, double got, String at) {
        String wanted = Double.isNaN(expected) ? "a finite number" : Numbers.format(expected);
        return new Finding(value, wanted, Numbers.format(got), at);
    }

    /** Return the finding as a sentence: {@code derivative at z = 0.5: expected 1.25, got 1.5}. */
    public String text() {
        return value + (at.isEmpty() ? "" : " at " + at) + ": expected " + expected + ", got " + got;
    }
}
