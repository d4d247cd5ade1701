package dev.chainrule.builtin.metric.numbers;

import dev.chainrule.api.Metric;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;

/**
 * The share of the targets' variance that the outputs explain, 1 − residual / Σᵢ (yᵢ − ȳ)² of each output, and their mean. If the targets
 * of an output are all equal, it is 1 if there is no residual, else 0, as in scikit-learn.
 *
 * <p>The sum about the mean is updated example by example (B. P. Welford, "Note on a method for calculating corrected
 * sums of squares and products", Technometrics 4, 1962), since Σy² − nȳ² loses the digits of targets that are far from
 * 0. The first target is subtracted from all, so that the mean keeps the digits in which they differ.
 */
final class VarianceShare implements Metric.Accumulator {
    /** The bounds of its value. */
    static final Bounds UP_TO_ONE = new Bounds(Double.NEGATIVE_INFINITY, 1, false);

    private static final String COUNT = "count";
    private static final String SUMS = "sums";
    private static final int FIRST = 0;
    private static final int MEAN = 1;
    private static final int ABOUT_MEAN = 2;
    private static final int RESIDUAL = 3;
    private static final int FIRST_RESIDUAL = 4;
    private static final int MEAN_RESIDUAL = 5;

    private final boolean centred;
    private long count;
    /** [4, outputs], or [6, outputs] if centred; no columns before the first batch. */
    private Matrix sums;

    /**
     * Begin with no examples.
     *
     * @param centred whether the residuals are compared with their mean, rather than with 0
     */
    VarianceShare(boolean centred) {
        this.centred = centred;
        this.sums = new DoubleMatrix(rows(), 0);
    }

    private int rows() {
        return centred ? MEAN_RESIDUAL + 1 : RESIDUAL + 1;
    }

    @Override
    public void add(Matrix a, Matrix y, Matrix costs) {
        if (count == 0) {
            begin(a, y);
        }
        for (int i = 0; i < a.rows(); i++) {
            count++;
            for (int j = 0; j < a.columns(); j++) {
                double residual = y.get(i, j) - a.get(i, j);
                addAboutMean(y.get(i, j) - sums.get(FIRST, j), MEAN, ABOUT_MEAN, j);
                if (centred) {
                    addAboutMean(residual - sums.get(FIRST_RESIDUAL, j), MEAN_RESIDUAL, RESIDUAL, j);
                } else {
                    sums.set(RESIDUAL, j, sums.get(RESIDUAL, j) + residual * residual);
                }
            }
        }
    }

    private void addAboutMean(double number, int meanRow, int sumRow, int j) {
        double distance = number - sums.get(meanRow, j);
        double mean = sums.get(meanRow, j) + distance / count;
        sums.set(meanRow, j, mean);
        sums.set(sumRow, j, sums.get(sumRow, j) + distance * (number - mean));
    }

    private void begin(Matrix a, Matrix y) {
        sums = new DoubleMatrix(rows(), y.columns());
        for (int j = 0; j < y.columns() && y.rows() > 0; j++) {
            sums.set(FIRST, j, y.get(0, j));
            if (centred) {
                sums.set(FIRST_RESIDUAL, j, y.get(0, j) - a.get(0, j));
            }
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
