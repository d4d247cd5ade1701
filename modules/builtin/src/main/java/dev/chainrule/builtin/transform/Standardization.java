package dev.chainrule.builtin.transform;

import dev.chainrule.api.Encoding;
import dev.chainrule.api.InputException;
import dev.chainrule.api.Transform;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compute x = (x + (−mean))·(1/std) for each input. Pipelines do it in float64, before numbers are rounded to the run's precision,
 * and the mean goes first: times in seconds since 1970 keep the digits in which they differ.
 *
 * <p>In float64, examples in the order given: mean = Σx/n, then std = √(Σ(x − mean)²/n). An input that is the same in all
 * examples has that value as its mean and std 1, so that it becomes 0.
 */
final class Standardization implements Transform {
    private final Encoding encoding;
    private final Kernels kernels;
    private final int inputs;
    private final DoubleMatrix mean;
    private final DoubleMatrix std;
    private final double[] row;
    private final Matrix shifts;
    private final Matrix factors;
    private final Matrix zeros;

    Standardization(Encoding encoding, Kernels kernels) {
        this.encoding = encoding;
        this.kernels = kernels;
        this.inputs = encoding.shape().size();
        this.mean = new DoubleMatrix(1, inputs);
        this.std = new DoubleMatrix(1, inputs);
        this.std.fill(1);
        this.row = new double[inputs];
        this.shifts = kernels.matrix(1, inputs);
        this.factors = kernels.matrix(1, inputs);
        this.zeros = kernels.matrix(1, inputs);
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
            for (int j = 0; j < inputs; j++) {
                means[j] += x[j];
                min[j] = Math.min(min[j], x[j]);
                max[j] = Math.max(max[j], x[j]);
            }
        });
        for (int j = 0; j < inputs; j++) {
            // The sum of n equal numbers need not be n times the number: rounding would leave a std of dust.
            means[j] = min[j] == max[j] ? min[j] : means[j] / n;
        }
        double[] squares = new double[inputs];
        training.forEachInput(x -> {
            for (int j = 0; j < inputs; j++) {
                squares[j] += (x[j] - means[j]) * (x[j] - means[j]);
            }
        });
        for (int j = 0; j < inputs; j++) {
            double deviation = Math.sqrt(squares[j] / n);
            if (!Double.isFinite(means[j]) || !Double.isFinite(deviation)) {
                throw new InputException("input " + (j + 1) + " is too large to be standardized");
            }
            mean.set(0, j, means[j]);
            std.set(0, j, deviation == 0 ? 1 : deviation);
        }
    }

    @Override
    public SortedMap<String, Matrix> state() {
        return new TreeMap<>(Map.of("mean", mean, "std", std));
    }

    @Override
    public Matrix inputs(Matrix x) {
        // Each time: restoring a model writes into mean and std.
        for (int j = 0; j < inputs; j++) {
            row[j] = 1 / std.get(0, j);
        }
        factors.setRow(0, row);
        shifts.copyFrom(mean);
        kernels.scale(-1, shifts);
        kernels.addRow(x, shifts);
        kernels.multiplyAddRow(x, factors, zeros);
        return x;
    }
}
