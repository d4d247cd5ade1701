package dev.chainrule.engine.evaluation;

import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.engine.data.OutputCalibration;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.util.stream.IntStream;

/**
 * The threshold between two classes at which a metric is best. Candidates are 0.5 and the middles between neighbouring
 * probabilities of the second class; of more than 1,000 middles, 1,000 at even ranks. Among equally good ones the nearest to 0.5
 * wins, then the lower.
 */
final class ThresholdFit {
    private static final double EVEN = 0.5;
    private static final int MOST = 1_000;

    private final Metric metric;
    private final Target target;
    private final Matrix decided = new DoubleMatrix(0, 0);

    ThresholdFit(Metric metric, Target target) {
        this.metric = metric;
        this.target = target;
    }

    /**
     * Fit the threshold.
     *
     * @param a [rows, outputs] with the probability of the second class in the last column. Not modified.
     * @param y [rows, target]. Not modified.
     */
    double of(Matrix a, Matrix y) {
        double best = EVEN;
        double value = value(a, y, EVEN);
        for (double candidate : candidates(a)) {
            double own = value(a, y, candidate);
            if (isBetter(own, value) || own == value && isNearer(candidate, best)) {
                best = candidate;
                value = own;
            }
        }
        return best;
    }

    private static double[] candidates(Matrix a) {
        double[] sorted = IntStream.range(0, a.rows())
                .mapToDouble(i -> a.get(i, a.columns() - 1))
                .sorted()
                .distinct()
                .toArray();
        int middles = Math.max(0, sorted.length - 1);
        int count = Math.min(MOST, middles);
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * middles / count))
                .mapToDouble(i -> sorted[i] + (sorted[i + 1] - sorted[i]) / 2)
                .toArray();
    }

    private double value(Matrix a, Matrix y, double threshold) {
        Metric.Accumulator accumulator = metric.start(target);
        accumulator.add(OutputCalibration.decided(a, threshold, decided), y, new DoubleMatrix(a.rows(), 1));
        return accumulator.value();
    }

    private boolean isBetter(double one, double other) {
        if (Double.isNaN(one) || Double.isNaN(other)) {
            return !Double.isNaN(one);
        }
        return metric.higherIsBetter() ? one > other : one < other;
    }

    private static boolean isNearer(double one, double other) {
        double distance = Math.abs(one - EVEN) - Math.abs(other - EVEN);
        return distance < 0 || distance == 0 && one < other;
    }
}
