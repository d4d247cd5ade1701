package dev.chainrule.model.transform;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.State;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The replacement of a number by one input for each of several ranges, which is 1 for the range that contains the number, and 0
 * otherwise. A number at a bound belongs to the range above it; those beyond the training examples belong to the first or last range.
 */
@Component("bins")
@Doc(
        "Splits columns of numbers into ranges, and replaces each column by one input per range: 1 for the range that contains "
                + "the number, 0 for the others. The bounds are learned from the training examples and stored with the model.")
public record Bins(
        @Doc("The number of ranges.") int count,

        @Doc(
                "How ranges are chosen: quantiles gives each equally many training examples, widths makes all equally wide.")
        @Default("quantiles")
        Rule by,

        @Doc("The columns to split; by default, those of numbers.")
        Optional<List<String>> columns)
        implements TransformSpec {
    private static final int MOST = 1000;

    /** The choice of the bounds. */
    public enum Rule {
        /** Equally many training examples in each range, as far as equal numbers permit. */
        QUANTILES,
        /** Equally wide ranges. */
        WIDTHS
    }

    public Bins {
        ParameterException.require(count >= 2 && count <= MOST, "count", count, "an integer from 2 to " + MOST);
        columns = ChosenColumns.distinct(columns);
    }

    @Override
    public boolean beforeRounding() {
        return true;
    }

    @Override
    public Transform create(Encoding encoding, Kernels kernels) {
        for (Encoding.Column column : encoding.columns()) {
            boolean listed = columns.isPresent() && columns.get().contains(column.name());
            if (listed && !column.categories().isEmpty()) {
                throw new InputException(
                                "column '" + column.name() + "' contains names, which have no ranges",
                                "Remove it: each name has an input already.")
                        .atConfig("columns");
            }
        }
        int[] split = ChosenColumns.inputs(columns, ColumnKind.NUMBERS, encoding);
        return new Split(split, encoding, kernels);
    }

    private Encoding encoding(int[] split, Encoding encoding) {
        List<String> ranges =
                IntStream.rangeClosed(1, count).mapToObj(i -> "range " + i).toList();
        List<Encoding.Column> all = new ArrayList<>();
        int from = 0;
        for (Encoding.Column column : encoding.columns()) {
            boolean isSplit = Arrays.binarySearch(split, from) >= 0;
            all.add(isSplit ? new Encoding.Column(column.name(), ranges) : column);
            from += column.width();
        }
        int[] added = new int[encoding.shape().size()];
        IntStream.of(split).forEach(input -> added[input] = count - 1);
        return WiderEncoding.of(encoding, added, all, "bins");
    }

    private final class Split implements Transform {
        private final int[] inputs;
        private final Encoding encoding;
        /** [count − 1, inputs that are split], the bounds between the ranges, ascending. */
        private final DoubleMatrix bounds;
        /** [batch, outputs] */
        private final Matrix out;

        Split(int[] inputs, Encoding from, Kernels kernels) {
            this.inputs = inputs;
            this.encoding = Bins.this.encoding(inputs, from);
            this.bounds = new DoubleMatrix(count - 1, inputs.length);
            this.out = kernels.matrix(0, encoding.shape().size());
        }

        @Override
        public Encoding encoding() {
            return encoding;
        }

        @Override
        public void fit(Examples training) {
            AscendingNumbers.of(training, inputs, (place, ascending, number) -> {
                for (int i = 1; i < count; i++) {
                    double share = (double) i / count;
                    double bound = by == Rule.QUANTILES
                            ? AscendingNumbers.quantile(ascending, number, share)
                            : ascending[0] * (1 - share) + ascending[number - 1] * share;
                    bounds.set(i - 1, place, bound);
                }
            });
        }

        @Override
        public Matrix inputs(Matrix x) {
            out.reshape(x.rows(), encoding.shape().size());
            for (int i = 0; i < x.rows(); i++) {
                int written = 0;
                int place = 0;
                for (int j = 0; j < x.columns(); j++) {
                    if (place < inputs.length && inputs[place] == j) {
                        int range = range(place, x.get(i, j));
                        for (int k = 0; k < count; k++) {
                            out.set(i, written++, k == range ? 1 : 0);
                        }
                        place++;
                    } else {
                        out.set(i, written++, x.get(i, j));
                    }
                }
            }
            return out;
        }

        private int range(int place, double x) {
            int range = 0;
            while (range < count - 1 && x >= bounds.get(range, place)) {
                range++;
            }
            return range;
        }

        @Override
        public void save(State to) {
            to.put("bounds", bounds);
        }

        @Override
        public void restore(State from) {
            bounds.copyFrom(from.matrix("bounds"));
        }
    }
}
