package dev.chainrule.model.transform;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.InvertibleTransform;
import dev.chainrule.api.training.State;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import java.util.Arrays;

/**
 * The transform x = (x + (−mean))·(1/std) of each input. Pipelines do it in float64, before numbers are rounded to the
 * run's precision, and the mean goes first: times in seconds since 1970 keep the digits in which they differ.
 *
 * <p>In float64, examples in the order given: mean = Σx/n, then std = √(Σ(x − mean)²/n). An input that is the same in
 * all examples has that value as its mean and std 1, so that it becomes 0. Squares are taken of deviations divided by a
 * power of two near the largest, which changes no bit except for deviations whose squares are beyond float64.
 *
 * <p>Undone by fma(x, std, mean).
 */
final class Standardization implements InvertibleTransform {
    private final int[] chosen;
    private final Encoding encoding;
    private final Kernels kernels;
    private final int inputs;
    private final DoubleMatrix mean;
    private final DoubleMatrix std;
    private final Matrix shifts;
    private final Matrix factors;

    /**
     * Begin.
     *
     * @param chosen the inputs to transform, ascending; the others pass unchanged, with mean 0 and std 1
     */
    Standardization(int[] chosen, Encoding encoding, Kernels kernels) {
        this.chosen = chosen;
        this.encoding = ChosenColumns.asNumbers(encoding, chosen);
        this.kernels = kernels;
        this.inputs = encoding.shape().size();
        this.mean = new DoubleMatrix(1, inputs);
        this.std = new DoubleMatrix(1, inputs);
        this.std.fill(1);
        this.shifts = kernels.matrix(1, inputs);
        this.factors = kernels.matrix(1, inputs);
        prepare();
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    @Override
    public void fit(Examples training) {
        int n = training.size();
        double[] means = new double[inputs];
        double[] min = new double[inputs];
        double[] max = new double[inputs];
        Arrays.fill(min, Double.POSITIVE_INFINITY);
        Arrays.fill(max, Double.NEGATIVE_INFINITY);
        training.forEachInput(x -> {
            for (int j : chosen) {
                means[j] += x[j];
                min[j] = Math.min(min[j], x[j]);
                max[j] = Math.max(max[j], x[j]);
            }
        });
        for (int j : chosen) {
            // The sum of n equal numbers need not be n times the number: rounding would leave a tiny std.
            means[j] = min[j] == max[j] ? min[j] : means[j] / n;
        }
        double[] units = new double[inputs];
        for (int j : chosen) {
            double largest = Math.max(max[j] - means[j], means[j] - min[j]);
            if (!Double.isFinite(means[j]) || !Double.isFinite(largest)) {
                double extreme = Math.abs(min[j]) > Math.abs(max[j]) ? min[j] : max[j];
                throw training.problem(
                        first(training, j, extreme),
                        encoding.inputName(j) + " has numbers from " + Numbers.format(min[j]) + " to "
                                + Numbers.format(max[j]) + ", too large to be standardized",
                        "The sum of its numbers must be below 1.79e308.");
            }
            units[j] = Math.scalb(1.0, Math.getExponent(largest));
        }
        double[] squares = new double[inputs];
        training.forEachInput(x -> {
            for (int j : chosen) {
                double deviation = (x[j] - means[j]) / units[j];
                squares[j] += deviation * deviation;
            }
        });
        for (int j : chosen) {
            double deviation = Math.sqrt(squares[j] / n) * units[j];
            mean.set(0, j, means[j]);
            // A std of 0, or one whose inverse is infinite, is replaced by 1.
            std.set(0, j, Double.isFinite(1 / deviation) ? deviation : 1);
        }
        prepare();
    }

    /** Return the first example whose input has a value. */
    private static int first(Examples training, int input, double value) {
        int[] passed = {0};
        int[] first = {-1};
        training.forEachInput(x -> {
            if (first[0] < 0 && x[input] == value) {
                first[0] = passed[0];
            }
            passed[0]++;
        });
        return first[0];
    }

    @Override
    public boolean reads(int input) {
        return Arrays.binarySearch(chosen, input) >= 0;
    }

    @Override
    public void save(State to) {
        to.put("mean", mean).put("std", std);
    }

    @Override
    public void restore(State from) {
        mean.copyFrom(from.matrix("mean"));
        std.copyFrom(from.matrix("std"));
        prepare();
    }

    /** Compute the rows by which inputs are shifted and multiplied. */
    private void prepare() {
        double[] inverses = new double[inputs];
        for (int j = 0; j < inputs; j++) {
            inverses[j] = 1 / std.get(0, j);
        }
        factors.setRow(0, inverses);
        shifts.copyFrom(mean);
        kernels.scale(-1, shifts);
    }

    @Override
    public Matrix inputs(Matrix x) {
        kernels.addRow(x, shifts);
        kernels.multiplyRow(x, factors, x);
        return x;
    }

    @Override
    public Matrix undo(Matrix x) {
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < inputs; j++) {
                x.set(i, j, Math.fma(x.get(i, j), std.get(0, j), mean.get(0, j)));
            }
        }
        return x;
    }
}
