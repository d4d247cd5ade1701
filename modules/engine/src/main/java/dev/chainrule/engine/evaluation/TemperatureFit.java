package dev.chainrule.engine.evaluation;

import dev.chainrule.engine.data.OutputCalibration;
import java.util.List;

/**
 * The temperature T that minimises the mean of −log of the calibrated probability of the correct class. With β = 1/T and the
 * logarithms l of the probabilities, the derivative with respect to β is the mean of Σⱼ pⱼ(β)·lⱼ − l_correct, which grows with β:
 * bisection finds its root to the last bit. T is at least 0.01 and at most 100.
 */
final class TemperatureFit {
    private static final double LEAST = 0.01;
    private static final double GREATEST = 100;

    private TemperatureFit() {}

    /**
     * Fit the temperature.
     *
     * @param logarithms of the probabilities of all classes, by example
     * @param classes the correct ones
     */
    static double of(List<double[]> logarithms, int[] classes) {
        double low = LEAST;
        double high = GREATEST;
        double middle = low + (high - low) / 2;
        while (low < middle && middle < high) {
            if (derivative(middle, logarithms, classes) < 0) {
                low = middle;
            } else {
                high = middle;
            }
            middle = low + (high - low) / 2;
        }
        return 1 / middle;
    }

    /** Return the sum of the derivatives of all examples, in their order. */
    private static double derivative(double power, List<double[]> logarithms, int[] classes) {
        double sum = 0;
        for (int i = 0; i < classes.length; i++) {
            double[] l = logarithms.get(i);
            double[] p = OutputCalibration.probabilities(l, power);
            double mean = 0;
            for (int j = 0; j < l.length; j++) {
                mean += p[j] * l[j];
            }
            sum += mean - l[classes[i]];
        }
        return sum;
    }
}
