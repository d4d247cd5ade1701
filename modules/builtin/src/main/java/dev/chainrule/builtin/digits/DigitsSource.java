package dev.chainrule.builtin.digits;

import dev.chainrule.api.Component;
import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.builtin.data.Split;
import java.util.Optional;

/**
 * Generated digits.
 *
 * <p>Example i is a pure function of (seed, split, i): a smaller count gives the first examples of a greater one, and
 * no example of one split is in the other.
 */
@Component("digits")
@Doc("Handwritten-looking digits, 28×28 grey pixels, drawn by a generator: needs no file and no network.")
public record DigitsSource(
        @Doc("Which part to draw: train or test. They share no example.") @Default("train")
        Split split,

        @Doc("How many examples, 1 to 1000000; 784 bytes of memory each. By default 20000 for train and 5000 for test.")
        Optional<Integer> count,

        @Doc("Other seeds give different handwriting of the same kind.") @Default("0")
        long seed)
        implements DataSourceSpec {
    private static final int MOST = 1_000_000;

    public DigitsSource {
        requireCount(count);
    }

    static void requireCount(Optional<Integer> count) {
        count.ifPresent(n -> ParameterException.require(n >= 1 && n <= MOST, "count", n, "1 to " + MOST));
    }

    static int countOf(Split split, Optional<Integer> count) {
        return count.orElse(split == Split.TRAIN ? 20_000 : 5_000);
    }

    @Override
    public DataSource open(DataContext context) {
        return GeneratedDigits.digits(split, countOf(split, count), seed);
    }
}
