package dev.chainrule.builtin.hook;

import dev.chainrule.api.value.ScalarForm;
import dev.chainrule.api.value.Span;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of epochs, steps or minutes, as in {@code 1 epoch}, {@code 500 steps} or {@code 10 minutes}.
 *
 * @param count at least 1
 */
@ScalarForm(value = "a count and a unit, such as '1 epoch', '500 steps' or '10 minutes'", pattern = Every.FORM)
public record Every(long count, Unit unit) {
    static final String FORM = "([0-9]{1,9}) +(epoch|step|minute)s?";
    private static final Pattern PATTERN = Pattern.compile(FORM);

    /** The unit of a count. */
    public enum Unit {
        EPOCH,
        STEP,
        MINUTE
    }

    public Every {
        if (count < 1) {
            throw new IllegalArgumentException("an interval is 1 or more");
        }
    }

    /**
     * Read a {@link Span}, or minutes.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Every parse(String text) {
        Matcher matcher = PATTERN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a count and a unit");
        }
        return new Every(
                Long.parseLong(matcher.group(1)), Unit.valueOf(matcher.group(2).toUpperCase(Locale.ROOT)));
    }

    /** Return {@code 1 epoch}, {@code 500 steps} or {@code 10 minutes}. */
    @Override
    public String toString() {
        return count + " " + unit.name().toLowerCase(Locale.ROOT) + (count == 1 ? "" : "s");
    }
}
