package dev.chainrule.engine.advice;

import dev.chainrule.math.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers rounded for messages. */
final class Rounding {
    private static final MathContext DIGITS = new MathContext(3);

    private Rounding() {}

    /** Return a number with three significant digits. */
    static String format(double value) {
        return Numbers.format(new BigDecimal(value).round(DIGITS).doubleValue());
    }
}
