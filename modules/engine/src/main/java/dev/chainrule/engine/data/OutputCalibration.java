package dev.chainrule.engine.data;

import dev.chainrule.api.data.Target;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.Strict;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The temperature T of an output that is a probability for each class, or for the second of two, and the threshold between two
 * classes. The calibrated probability of class j is a_j^(1/T) / Σₖ a_k^(1/T), which after softmax is the softmax of z/T.
 *
 * <p>Source of the temperature: C. Guo, G. Pleiss, Y. Sun, K. Weinberger, "On Calibration of Modern Neural Networks", ICML 2017,
 * section 4.2.
 */
public final class OutputCalibration {
    /** The prefix of the names of its tensors. */
    public static final String PREFIX = "calibration.";

    private static final String TEMPERATURE = "temperature";
    private static final String THRESHOLD = "threshold";
    private static final double EVEN = 0.5;

    private final String prefix;
    private final boolean scales;
    private final boolean decides;
    private final Matrix scaled;
    private final Matrix decided;
    private double temperature = 1;
    private double threshold = EVEN;

    /**
     * Begin with the temperature 1 and the threshold 0.5, which change nothing.
     *
     * @param output the name of the output; empty for the only one
     * @param scales whether a temperature is fitted
     * @param decides whether a threshold is fitted
     */
    public OutputCalibration(String output, boolean scales, boolean decides, Kernels kernels) {
        this.prefix = PREFIX + (output.isEmpty() ? "" : output + ".");
        this.scales = scales;
        this.decides = decides;
        this.scaled = kernels.matrix(0, 0);
        this.decided = kernels.matrix(0, 0);
    }

    /** Return the temperature, if one is fitted. */
    public Optional<Double> temperature() {
        return scales ? Optional.of(temperature) : Optional.empty();
    }

    /** Return the threshold, if one is fitted. */
    public Optional<Double> threshold() {
        return decides ? Optional.of(threshold) : Optional.empty();
    }

    public void setTemperature(double fitted) {
        temperature = fitted;
    }

    public void setThreshold(double fitted) {
        threshold = fitted;
    }

    /**
     * Return the logarithms of the probabilities of all classes; of two if there is a single output. A probability that was
     * rounded to 0 counts as the least number above it, the rest of one that was rounded to 1 as half a unit in its last place.
     *
     * @param a [rows, outputs]. Not modified.
     */
    public static double[] logarithms(Matrix a, int row) {
        boolean narrow = a.precision() == Precision.FLOAT32;
        double least = narrow ? Float.MIN_VALUE : Double.MIN_VALUE;
        if (a.columns() == 1) {
            double rest = Math.max(1 - a.get(row, 0), narrow ? 0x1p-25 : 0x1p-54);
            return new double[] {Strict.log(rest), Strict.log(Math.max(a.get(row, 0), least))};
        }
        double[] logarithms = new double[a.columns()];
        for (int j = 0; j < logarithms.length; j++) {
            logarithms[j] = Strict.log(Math.max(a.get(row, j), least));
        }
        return logarithms;
    }

    /**
     * Return the probabilities exp(β·lⱼ) / Σₖ exp(β·lₖ), summed by ascending k.
     *
     * @param logarithms l of the probabilities for β = 1. Not modified.
     * @param power β = 1/T
     */
    public static double[] probabilities(double[] logarithms, double power) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (double l : logarithms) {
            greatest = Math.max(greatest, l);
        }
        double[] p = new double[logarithms.length];
        double sum = 0;
        for (int j = 0; j < p.length; j++) {
            p[j] = Strict.exp(power * (logarithms[j] - greatest));
            sum += p[j];
        }
        for (int j = 0; j < p.length; j++) {
            p[j] /= sum;
        }
        return p;
    }

    /**
     * Return calibrated probabilities, in the precision of the network.
     *
     * @param a [rows, outputs]. Not modified; returned if the temperature is 1.
     */
    public Matrix outputs(Matrix a) {
        if (temperature == 1) {
            return a;
        }
        scaled.reshape(a.rows(), a.columns());
        for (int i = 0; i < a.rows(); i++) {
            double[] p = probabilities(logarithms(a, i), 1 / temperature);
            for (int j = 0; j < a.columns(); j++) {
                scaled.set(i, j, p[p.length - a.columns() + j]);
            }
        }
        return scaled;
    }

    /** Return the class that calibrated outputs [rows, outputs] predict in a row. */
    int predictedClass(Matrix a, int row) {
        return threshold == EVEN ? Target.predictedClass(a, row) : predictedClass(a, row, threshold);
    }

    /** Return 1 if the probability of the second of two classes is above a threshold, else 0. */
    public static int predictedClass(Matrix a, int row, double threshold) {
        return a.get(row, a.columns() - 1) > threshold ? 1 : 0;
    }

    /**
     * Return outputs that predict the same classes if the largest decides: 1 for the predicted class, 0 for the other.
     *
     * @param a [rows, outputs] calibrated. Not modified; returned if the threshold is 0.5.
     */
    Matrix decided(Matrix a) {
        if (threshold == EVEN) {
            return a;
        }
        return decided(a, threshold, decided);
    }

    /** Write outputs that predict the classes of a threshold: 1 for the predicted class, 0 for the other. */
    public static Matrix decided(Matrix a, double threshold, Matrix to) {
        to.reshape(a.rows(), a.columns());
        for (int i = 0; i < a.rows(); i++) {
            int predicted = predictedClass(a, i, threshold);
            to.set(i, 0, a.columns() == 1 ? predicted : 1 - predicted);
            if (a.columns() > 1) {
                to.set(i, 1, predicted);
            }
        }
        return to;
    }

    /** Return the fitted values as tensors [1, 1] by name: {@code calibration.threshold}. */
    SortedMap<String, Matrix> state() {
        SortedMap<String, Matrix> state = new TreeMap<>();
        temperature().ifPresent(value -> state.put(prefix + TEMPERATURE, tensor(value)));
        threshold().ifPresent(value -> state.put(prefix + THRESHOLD, tensor(value)));
        return state;
    }

    private static Matrix tensor(double value) {
        Matrix tensor = new DoubleMatrix(1, 1);
        tensor.set(0, 0, value);
        return tensor;
    }

    /** Restore fitted values by name; those that are not given stay. */
    void restore(SortedMap<String, Matrix> given) {
        if (given.containsKey(prefix + TEMPERATURE)) {
            temperature = given.get(prefix + TEMPERATURE).get(0, 0);
        }
        if (given.containsKey(prefix + THRESHOLD)) {
            threshold = given.get(prefix + THRESHOLD).get(0, 0);
        }
    }
}
