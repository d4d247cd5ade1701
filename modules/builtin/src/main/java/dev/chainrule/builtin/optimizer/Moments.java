package dev.chainrule.builtin.optimizer;

import dev.chainrule.api.ElementwiseOptimizer;
import dev.chainrule.api.Parameter;
import dev.chainrule.math.Kernels;
import java.util.List;

/**
 * The running means that Adam and its relatives keep of each gradient g and of its square: m ← beta1·m + (1 − beta1)·g and
 * v ← beta2·v + (1 − beta2)·g², which start at 0. They are fma(1 − beta1, g, beta1·m) and fma(1 − beta2, g·g, beta2·v). Numbers that
 * all elements share are computed in float64 and rounded to the precision once.
 */
abstract class Moments extends ElementwiseOptimizer {
    final double beta1;
    final double beta2;
    final double epsilon;
    /** η / (1 − beta1ᵗ), t = 1 for the first update: with it, m is as large as a gradient from the start. */
    double rate;
    /** √(1 − beta2ᵗ). */
    double root;

    Moments(List<Parameter> parameters, Kernels kernels, double beta1, double beta2, double epsilon, String... states) {
        super(parameters, kernels, states);
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
    }

    @Override
    protected void begin(long step, double learningRate) {
        rate = learningRate / (1 - StrictMath.pow(beta1, step + 1));
        root = Math.sqrt(1 - StrictMath.pow(beta2, step + 1));
    }

    /** Return √v / √(1 − beta2ᵗ) + epsilon, with the new v. */
    final double divisor(double w, double g, double mean, double square) {
        return Math.sqrt(second(w, g, mean, square)) / root + epsilon;
    }

    final float divisor(float w, float g, float mean, float square) {
        return (float) Math.sqrt(second(w, g, mean, square)) / (float) root + (float) epsilon;
    }

    @Override
    public final double first(double w, double g, double mean, double square) {
        return Math.fma(1 - beta1, g, beta1 * mean);
    }

    @Override
    public double second(double w, double g, double mean, double square) {
        return Math.fma(1 - beta2, g * g, beta2 * square);
    }

    @Override
    public final float first(float w, float g, float mean, float square) {
        return Math.fma((float) (1 - beta1), g, (float) beta1 * mean);
    }

    @Override
    public float second(float w, float g, float mean, float square) {
        return Math.fma((float) (1 - beta2), g * g, (float) beta2 * square);
    }
}
