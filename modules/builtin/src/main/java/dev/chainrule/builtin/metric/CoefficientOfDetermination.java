package dev.chainrule.builtin.metric;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;

/**
 * R² = 1 − Σᵢ (yᵢ − aᵢ)² / Σᵢ (yᵢ − ȳ)² of each output, and their mean. If the targets of an output are all equal, it
 * is 1 if the outputs equal them, else 0, as in {@code r2_score} of scikit-learn.
 *
 * <p>The sum about the mean is updated example by example (B. P. Welford, "Note on a method for calculating corrected
 * sums of squares and products", Technometrics 4, 1962), since Σy² − nȳ² loses the digits of targets that are far from
 * 0. The first target is subtracted from all, so that the mean keeps the digits in which they differ.
 */
@Component("r2")
@Doc(
        "The share of the targets' variance that the outputs explain: 1 is exact, 0 is no better than the mean. The mean over outputs.")
public record CoefficientOfDetermination() implements Metric {
    private static final Bounds UP_TO_ONE = new Bounds(Double.NEGATIVE_INFINITY, 1, false);

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public void check(Shape output, Target target) {
        Outputs.requireNumbers("r2", output, target);
    }

    @Override
    public Bounds values() {
        return UP_TO_ONE;
    }

    @Override
    public Accumulator start() {
        return new Sums();
    }

    private static final class Sums implements Accumulator {
        private static final String COUNT = "count";
        private static final String SUMS = "sums";
        private static final int FIRST = 0;
        private static final int MEAN = 1;
        private static final int ABOUT_MEAN = 2;
        private static final int RESIDUAL = 3;

        private long count;
        /** [4, outputs]; no columns before the first batch. */
        private Matrix sums = new DoubleMatrix(RESIDUAL + 1, 0);

        @Override
        public void add(Matrix a, Matrix y, Matrix costs) {
            if (count == 0) {
                begin(y);
            }
            for (int i = 0; i < a.rows(); i++) {
                count++;
                for (int j = 0; j < a.columns(); j++) {
                    double target = y.get(i, j) - sums.get(FIRST, j);
                    double distance = target - sums.get(MEAN, j);
                    double mean = sums.get(MEAN, j) + distance / count;
                    double residual = y.get(i, j) - a.get(i, j);
                    sums.set(MEAN, j, mean);
                    sums.set(ABOUT_MEAN, j, sums.get(ABOUT_MEAN, j) + distance * (target - mean));
                    sums.set(RESIDUAL, j, sums.get(RESIDUAL, j) + residual * residual);
                }
            }
        }

        private void begin(Matrix y) {
            sums = new DoubleMatrix(RESIDUAL + 1, y.columns());
            for (int j = 0; j < y.columns() && y.rows() > 0; j++) {
                sums.set(FIRST, j, y.get(0, j));
            }
        }

        @Override
        public double value() {
            double sum = 0;
            for (int j = 0; j < sums.columns(); j++) {
                double residual = sums.get(RESIDUAL, j);
                double aboutMean = sums.get(ABOUT_MEAN, j);
                sum += aboutMean > 0 ? 1 - residual / aboutMean : residual == 0 ? 1 : 0;
            }
            return count == 0 ? Double.NaN : sum / sums.columns();
        }

        @Override
        public void save(State to) {
            to.put(COUNT, count);
            if (count > 0) {
                to.put(SUMS, sums);
            }
        }

        @Override
        public void restore(State from) {
            count = from.whole(COUNT);
            if (count > 0) {
                Matrix saved = from.matrix(SUMS);
                sums = new DoubleMatrix(saved.rows(), saved.columns());
                sums.copyFrom(saved);
            }
        }
    }
}
