package dev.chainrule.api.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of epochs or steps, as in {@code 1 epoch} or {@code 200 steps}.
 *
 * @param count at least 1
 * @param unit the unit of the count
 */
@ScalarForm(value = "a count and a unit, such as '1 epoch' or '200 steps'", pattern = Span.FORM)
public record Span(long count, Unit unit) {
    static final String FORM = "([0-9]{1,9}) +(epochs?|steps?)";
    private static final Pattern PATTERN = Pattern.compile(FORM);

    /** The units of a span. */
    public enum Unit {
        /** Epochs. */
        EPOCHS,
        /** Updates. */
        STEPS
    }

    /**
     * Check the count.
     *
     * @param count at least 1
     * @param unit the unit of the count
     */
    public Span {
        if (count < 1) {
            throw new IllegalArgumentException("a span is at least 1");
        }
    }

    /**
     * Read {@code 1 epoch}, {@code 5 epochs}, {@code 200 steps}.
     *
     * @param text as written in YAML
     * @return the span
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Span parse(String text) {
        Matcher matcher = PATTERN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a count and a unit");
        }
        Unit unit = matcher.group(2).startsWith("epoch") ? Unit.EPOCHS : Unit.STEPS;
        return new Span(Long.parseLong(matcher.group(1)), unit);
    }

    /** Return {@code 1 epoch} or {@code 200 steps}. */
    @Override
    public String toString() {
        String name = unit == Unit.EPOCHS ? "epoch" : "step";
        return count + " " + name + (count == 1 ? "" : "s");
    }
}
