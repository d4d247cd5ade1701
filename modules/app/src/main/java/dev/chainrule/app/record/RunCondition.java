package dev.chainrule.app.record;

import dev.chainrule.api.error.InputException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition on a fact, a metric or a setting of a run: {@code state=completed}, {@code test.loss<0.1}, {@code optimizer=adam}.
 *
 * @param text as the user wrote it
 * @param key of the value that is compared
 * @param relation one of {@code < <= = != >= >}
 * @param wanted the value it is compared with
 */
public record RunCondition(String text, String key, String relation, String wanted) implements Predicate<RunListing> {
    private static final Pattern FORM = Pattern.compile("([^<>=!]+)(<=|>=|!=|<|>|=)(.+)");

    /**
     * Read a condition.
     *
     * @throws InputException if it is none
     */
    public static RunCondition parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new InputException(
                    "--where is '" + text + "'",
                    "Write a metric, a setting or a fact such as state, one of < <= = != >= >, and a value.");
        }
        RunCondition condition = new RunCondition(
                text, parts.group(1).strip(), parts.group(2), parts.group(3).strip());
        if (!condition.isEquality() && number(condition.wanted()).isEmpty()) {
            throw condition.notANumber();
        }
        return condition;
    }

    /** Return whether it holds for a run. Of a run that has no such value, nothing holds. */
    @Override
    public boolean test(RunListing run) {
        Optional<String> value = run.exact(key);
        if (value.isEmpty()) {
            return false;
        }
        OptionalDouble limit = number(wanted);
        if (limit.isEmpty() && run.metrics().find(key).isPresent()) {
            throw notANumber();
        }
        OptionalDouble number = number(value.get());
        if (limit.isEmpty() || number.isEmpty()) {
            return isEquality() && value.get().equals(wanted) == relation.equals("=");
        }
        return holds(number.getAsDouble(), limit.getAsDouble());
    }

    private boolean holds(double value, double limit) {
        return switch (relation) {
            case "<" -> value < limit;
            case "<=" -> value <= limit;
            case ">" -> value > limit;
            case ">=" -> value >= limit;
            case "!=" -> value != limit;
            default -> value == limit;
        };
    }

    private boolean isEquality() {
        return relation.equals("=") || relation.equals("!=");
    }

    private InputException notANumber() {
        return new InputException("--where is '" + text + "'", "'" + wanted + "' is not a number.");
    }

    /** Return the number that a text is, if it is one. */
    static OptionalDouble number(String text) {
        try {
            return text.isEmpty()
                            || Character.isLetter(text.charAt(text.length() - 1)) && !text.matches("NaN|-?Infinity")
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
