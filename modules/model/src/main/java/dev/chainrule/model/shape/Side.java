package dev.chainrule.model.shape;

import dev.chainrule.api.value.ScalarForm;
import java.util.Optional;

/**
 * The length of an axis in YAML, or the word {@code rest} for the length that the other axes leave.
 *
 * @param length at least 1; empty for the rest
 */
@ScalarForm(value = "a whole number from 1 to 999999999, or rest", pattern = Side.FORM)
public record Side(Optional<Integer> length) {
    static final String FORM = "[1-9][0-9]{0,8}|rest";
    private static final String REST = "rest";

    /**
     * Read {@code 28} or {@code rest}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Side parse(String text) {
        if (!text.matches(FORM)) {
            throw new IllegalArgumentException("'" + text + "' is not the length of an axis");
        }
        return new Side(text.equals(REST) ? Optional.empty() : Optional.of(Integer.valueOf(text)));
    }

    @Override
    public String toString() {
        return length.map(String::valueOf).orElse(REST);
    }
}
