package dev.chainrule.engine.contract;

import dev.chainrule.math.Numbers;

/**
 * Report a value that breaks a contract.
 *
 * @param value what was looked at: {@code derivative}, {@code float32 a}
 * @param expected what it should be; NaN where any finite number would do
 * @param got what the component made it
 * @param at where: {@code z = 0.5}; empty where no single number says it
 */
public record Finding(String value, double expected, double got, String at) {
    /** Return the finding as a sentence: {@code derivative at z = 0.5: expected 1.25, got 1.5}. */
    public String text() {
        String wanted = Double.isNaN(expected) ? "a finite number" : Numbers.format(expected);
        return value + (at.isEmpty() ? "" : " at " + at) + ": expected " + wanted + ", got " + Numbers.format(got);
    }
}
