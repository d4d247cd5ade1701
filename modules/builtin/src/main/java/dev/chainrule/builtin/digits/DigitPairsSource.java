package dev.chainrule.builtin.digits;

import dev.chainrule.api.Component;
import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.builtin.data.Split;
import java.util.Optional;

/**
 * Pairs of generated digits, two inputs of one shape, as siamese networks compare them.
 *
 * <p>Pair i is a pure function of (seed, split, i), as an example of {@link DigitsSource} is.
 */
@Component("digit_pairs")
@Doc("Pairs of pictures as digits draws them, the inputs left and right; the classes are same and different digits.")
public record DigitPairsSource(
        @Doc("Which part to draw: train or test. They share no example.") @Default("train")
        Split split,

        @Doc("How many pairs, 1 to 1000000; 1568 bytes of memory each. By default 20000 for train and 5000 for test.")
        Optional<Integer> count,

        @Doc("Other seeds give different handwriting of the same kind.") @Default("0")
        long seed)
        implements DataSourceSpec {
    public DigitPairsSource {
        DigitsSource.requireCount(count);
    }

    @Override
    public DataSource open(DataContext context) {
        return GeneratedDigits.pairs(split, DigitsSource.countOf(split, count), seed);
    }
}
