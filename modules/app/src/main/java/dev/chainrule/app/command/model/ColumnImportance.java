package dev.chainrule.app.command.model;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.evaluation.Evaluator;
import dev.chainrule.math.RandomStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The permutation importance of a column: how much worse a metric is if the cells of the column are those of other examples, as the mean
 * and the standard deviation (divided by the number of permutations) over several permutations.
 *
 * <p>Source: L. Breiman, "Random Forests", Machine Learning 45, 2001, section 10; here for any model and metric, as in scikit-learn's
 * {@code permutation_importance}.
 */
record ColumnImportance(String column, double mean, double deviation) {
    /**
     * Measure all columns, the most important first; of equals, the first.
     *
     * @param metric its full name
     * @param worse 1 if the metric is worse when it is higher, −1 if it is better
     */
    static List<ColumnImportance> of(
            Dataset dataset, Evaluator evaluator, String metric, int worse, int repeats, long seed) {
        double whole = evaluator.evaluate(dataset).metrics().get(metric);
        List<ColumnImportance> importances = new ArrayList<>();
        int first = 0;
        for (Encoding.Column column : dataset.encoding().columns()) {
            RandomStream stream = RandomStream.of(seed, "importance." + column.name());
            double[] losses = new double[repeats];
            for (int i = 0; i < repeats; i++) {
                Dataset permuted = dataset.permuted(first, column.width(), stream.permutation(dataset.size(), i));
                losses[i] = worse * (evaluator.evaluate(permuted).metrics().get(metric) - whole);
            }
            importances.add(of(column.name(), losses));
            first += column.width();
        }
        importances.sort(Comparator.comparingDouble(ColumnImportance::mean).reversed());
        return importances;
    }

    private static ColumnImportance of(String column, double[] losses) {
        double mean = DoubleStream.of(losses).sum() / losses.length;
        double squares = DoubleStream.of(losses)
                .map(loss -> (loss - mean) * (loss - mean))
                .sum();
        return new ColumnImportance(column, mean, Math.sqrt(squares / losses.length));
    }
}
