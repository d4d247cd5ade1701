package dev.chainrule.model.transform.category;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.State;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Strict;
import dev.chainrule.model.transform.ChosenColumns;
import java.util.List;
import java.util.Optional;

/**
 * The weighting of how often words occur by how rare they are: t·(ln((1 + n)/(1 + d)) + 1) for a word that occurs t times in an example
 * and in d of n training examples, then divided by the Euclidean norm over the words of its column, unless that is 0 (K. Spärck Jones, "A
 * Statistical Interpretation of Term Specificity", Journal of Documentation 28, 1972; the form is the default of scikit-learn).
 */
@Component("tf_idf")
@Doc(
        "Weights how often each word of a column occurs by how rare the word is among the training examples, and scales the words of a column "
                + "to the Euclidean norm 1. The weights are stored with the model.")
public record TfIdf(
        @Doc("The columns of words, or of sets.") List<String> columns) implements TransformSpec {
    public TfIdf {
        columns = ChosenColumns.distinct(Optional.of(columns)).orElseThrow();
    }

    @Override
    public Transform create(Encoding encoding, Kernels kernels) {
        ChosenColumns.require(Optional.of(columns), encoding);
        for (Encoding.Column column : CategoryTransform.columns(columns, encoding)) {
            if (column.categories().isEmpty() || column.ordinal()) {
                throw new InputException(
                                "column '" + column.name() + "' has no input for each word",
                                "Add encode: { " + column.name()
                                        + ": words } to the source in data.train, or remove it.")
                        .atConfig("columns");
            }
        }
        return new Weighted(encoding);
    }

    private final class Weighted implements Transform {
        private final Encoding encoding;
        /** [1, inputs], 0 for those that are not weighted. */
        private final DoubleMatrix weights;

        Weighted(Encoding encoding) {
            this.encoding = encoding;
            this.weights = new DoubleMatrix(1, encoding.shape().size());
        }

        @Override
        public Encoding encoding() {
            return encoding;
        }

        @Override
        public void fit(Examples training) {
            long[] examples = new long[weights.columns()];
            training.forEachInput(x -> {
                for (int j = 0; j < examples.length; j++) {
                    examples[j] += x[j] == 0 ? 0 : 1;
                }
            });
            int from = 0;
            for (Encoding.Column column : encoding.columns()) {
                for (int j = from; columns.contains(column.name()) && j < from + column.width(); j++) {
                    weights.set(0, j, Strict.log((1.0 + training.size()) / (1.0 + examples[j])) + 1);
                }
                from += column.width();
            }
        }

        @Override
        public boolean reads(int input) {
            int from = 0;
            for (Encoding.Column column : encoding.columns()) {
                if (input < from + column.width()) {
                    return columns.contains(column.name());
                }
                from += column.width();
            }
            return false;
        }

        @Override
        public Matrix inputs(Matrix x) {
            for (int row = 0; row < x.rows(); row++) {
                int from = 0;
                for (int c = 0; c < encoding.columns().size(); c++) {
                    Encoding.Column column = encoding.columns().get(c);
                    if (columns.contains(column.name())) {
                        weigh(x, row, from, from + column.width());
                    }
                    from += column.width();
                }
            }
            return x;
        }

        private void weigh(Matrix x, int row, int from, int end) {
            double squares = 0;
            for (int j = from; j < end; j++) {
                double weighted = x.get(row, j) * weights.get(0, j);
                squares += weighted * weighted;
            }
            double norm = squares == 0 ? 1 : Math.sqrt(squares);
            for (int j = from; j < end; j++) {
                x.set(row, j, x.get(row, j) * weights.get(0, j) / norm);
            }
        }

        @Override
        public void save(State to) {
            to.put("weights", weights);
        }

        @Override
        public void restore(State from) {
            weights.copyFrom(from.matrix("weights"));
        }
    }
}
