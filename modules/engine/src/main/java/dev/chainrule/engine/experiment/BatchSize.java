package dev.chainrule.engine.experiment;

import dev.chainrule.api.value.ScalarForm;

/**
 * The examples per update in YAML.
 *
 * @param examples the most examples of a batch; {@link Integer#MAX_VALUE} for all
 */
@ScalarForm(value = "a whole number or all", pattern = BatchSize.FORM)
public record BatchSize(int examples) {
    static final String FORM = "all|0|[1-9][0-9]{0,9}";
    private static final String ALL = "all";

    /**
     * Read {@code 32} or {@code all}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static BatchSize parse(String text) {
        if (!text.matches(FORM)) {
            throw new IllegalArgumentException("'" + text + "' is not a number of examples");
        }
        long examples = text.equals(ALL) ? Integer.MAX_VALUE : Long.parseLong(text);
        if (examples > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(text + " is more than " + Integer.MAX_VALUE);
        }
        return new BatchSize((int) examples);
    }

    /** Return whether a batch has all examples. */
    public boolean isAll() {
        return examples == Integer.MAX_VALUE;
    }

    @Override
    public String toString() {
        return isAll() ? ALL : String.valueOf(examples);
    }
}
