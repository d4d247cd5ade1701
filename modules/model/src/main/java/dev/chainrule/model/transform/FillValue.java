package dev.chainrule.model.transform;

import dev.chainrule.api.value.ScalarForm;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The value for gaps: a rule, a number, or a name.
 *
 * @param text as in YAML
 */
@ScalarForm("mean, median, most_common, own, a number, or a name of the column")
public record FillValue(String text) {
    /** A rule that derives the value for a gap from the training examples. */
    enum Rule {
        /** The mean of a column of numbers. */
        MEAN(true, false),
        /** The median of a column of numbers. */
        MEDIAN(true, false),
        /** The most common number or name, the lowest or first one among equals. */
        MOST_COMMON(true, true),
        /** A separate name for gaps, in a column of names. */
        OWN(false, true);

        private final boolean numbers;
        private final boolean names;

        Rule(boolean numbers, boolean names) {
            this.numbers = numbers;
            this.names = names;
        }
    }

    /**
     * Read the text in YAML.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public static FillValue parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("there is nothing to fill with");
        }
        return new FillValue(text);
    }

    Optional<Rule> rule() {
        return Arrays.stream(Rule.values())
                .filter(rule -> rule.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }

    /** Return the number; empty for a rule, a name, and a number beyond float64. */
    Optional<Double> number() {
        boolean isNumber = text.matches("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");
        return isNumber ? Optional.of(Double.valueOf(text)).filter(Double::isFinite) : Optional.empty();
    }

    /** Return whether columns of numbers can be filled with it. */
    boolean fillsNumbers() {
        return rule().map(rule -> rule.numbers).orElse(number().isPresent());
    }

    /** Return whether columns of names can be filled with it; a number may be a name, too. */
    boolean fillsNames() {
        return rule().map(rule -> rule.names).orElse(true);
    }

    @Override
    public String toString() {
        return text;
    }
}
