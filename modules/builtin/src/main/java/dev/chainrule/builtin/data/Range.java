package dev.chainrule.builtin.data;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import java.util.Optional;

/**
 * Consecutive examples of a source.
 *
 * @param first the index of the first one
 * @param size their number, at least 1
 */
public record Range(int first, int size) {
    /** Check the keys of a config, before the source is known. */
    public static void require(int skip, Optional<Integer> count) {
        ParameterException.require(skip >= 0, "skip", skip, "0 or more");
        count.ifPresent(n -> ParameterException.require(n >= 1, "count", n, "1 or more"));
    }

    /**
     * Return the examples left after skipping some, at most {@code count}.
     *
     * @throws InputException if there are fewer
     */
    public static Range of(int skip, Optional<Integer> count, int available) {
        if (skip >= available) {
            throw new InputException("skip is " + skip + ", but there are " + available + " examples").atConfig("skip");
        }
        int left = available - skip;
        if (count.isPresent() && count.get() > left) {
            String message = "count is " + count.get() + ", but there are " + available + " examples";
            throw new InputException(message + (skip == 0 ? "" : ", " + left + " after skip " + skip))
                    .atConfig("count");
        }
        return new Range(skip, count.orElse(left));
    }
}
