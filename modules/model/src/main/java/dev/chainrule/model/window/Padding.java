package dev.chainrule.model.window;

import dev.chainrule.api.value.ScalarForm;
import java.util.Optional;

/**
 * The zeros around the input of a sliding window in YAML: a number on each side, or a word.
 *
 * @param zeros on each side; empty for as many as make the output ⌈length / stride⌉ long, an odd one behind the input
 */
@ScalarForm(value = "none, same, or a whole number", pattern = Padding.FORM)
public record Padding(Optional<Integer> zeros) {
    static final String FORM = "none|same|[0-9]{1,9}";
    private static final String NONE = "none";
    private static final String SAME = "same";

    /**
     * Read {@code none}, {@code same} or {@code 2}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Padding parse(String text) {
        if (!text.matches(FORM)) {
            throw new IllegalArgumentException("'" + text + "' is not a padding");
        }
        return new Padding(
                text.equals(SAME) ? Optional.empty() : Optional.of(text.equals(NONE) ? 0 : Integer.valueOf(text)));
    }

    @Override
    public String toString() {
        return zeros.map(count -> count == 0 ? NONE : String.valueOf(count)).orElse(SAME);
    }
}
