package dev.chainrule.app.command.model;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.evaluation.Evaluator;
import dev.chainrule.math.RandomStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The permutation importance of a column: how much worse a metric is if the cells of the column are those of other examples, as the mean
 * and the standard deviation (divided by the number of permutations) over several permutations.
 *
 * <p>Source: L. Breiman, "Random Forests", Machine Learning 45, 2001, section 10; here for any model and metric, as in scikit-learn's
 * {@code permutation_importance}.
 *
 * <p>A metric is a quotient of sums over n examples in float64. Two orders of such a sum of n numbers of one sign differ by up to n·ε of it,
 * ε = 2⁻⁵² (N. J. Higham, "Accuracy and Stability of Numerical Algorithms", 2002, section 4.2), and the mean over r permutations adds r·ε. A
 * mean or deviation of at most (n + r)·ε times the largest magnitude of the metric is therefore rounding, and 0 here.
 */
record ColumnImportance(String column, double mean, double deviation) {
    private static final double EPSILON = Math.ulp(1.0);

    /**
     * Measure all columns, the most important first; of equals, the first.
     *
     * @param metric its full name
     * @param whole its value without a permutation
     * @param worse 1 if the metric is worse when it is higher, −1 if it is better
     */
    static List<ColumnImportance> of(
            Dataset dataset, Evaluator evaluator, String metric, double whole, int worse, int repeats, long seed) {
        List<ColumnImportance> importances = new ArrayList<>();
        int first = 0;
        for (Encoding.Column column : dataset.encoding().columns()) {
            RandomStream stream = RandomStream.of(seed, "importance." + column.name());
            double[] losses = new double[repeats];
            double largest = Math.abs(whole);
            for (int i = 0; i < repeats; i++) {
                Dataset permuted = dataset.permuted(first, column.width(), stream.permutation(dataset.size(), i));
                double value = evaluator.evaluate(permuted).metrics().get(metric);
                losses[i] = worse * (value - whole);
                largest = Math.max(largest, Math.abs(value));
            }
            importances.add(of(column.name(), losses, (dataset.size() + repeats) * EPSILON * largest));
            first += column.width();
        }
        importances.sort(Comparator.comparingDouble(ColumnImportance::mean).reversed());
        return importances;
    }

    /**
     * Summarise the permutations of a column.
     *
     * @param rounding the largest magnitude that is rounding
     */
    static ColumnImportance of(String column, double[] losses, double rounding) {
        double sum = 0;
        for (double loss : losses) {
            sum += loss;
        }
        double mean = sum / losses.length;
        double squares = 0;
        for (double loss : losses) {
            squares += (loss - mean) * (loss - mean);
        }
        double deviation = Math.sqrt(squares / losses.length);
        return new ColumnImportance(
                column, Math.abs(mean) <= rounding ? 0 : mean, deviation <= rounding ? 0 : deviation);
    }
}
