package dev.chainrule.engine.training.step;

import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import dev.chainrule.math.Precision;

/** The advice for a loss or gradient that is not finite: large numbers in the batch are a cause that no learning rate fixes. */
final class Overflow {
    /**
     * Layers and losses are designed for numbers near 1; the gradients of the quadratic cost grow with the square of large
     * ones.
     */
    private static final double LARGE = 1000;

    static final String USUAL = " A smaller learning rate, training.clip_norm or scaled inputs usually help.";

    private Overflow() {}

    /**
     * Return the advice in whole sentences.
     *
     * @param first whether there was no update before: then the learning rate is not the cause
     * @param overflow whether the loss or the gradient norm is infinite, not NaN
     * @param x [batch, in] the inputs of the batch
     * @param y [batch, target] its targets, as the loss sees them
     */
    static String advice(boolean first, boolean overflow, Matrix x, Matrix y) {
        Precision precision = x.precision();
        double inputs = largest(x);
        double targets = largest(y);
        if (inputs < LARGE && targets < LARGE) {
            return USUAL;
        }
        boolean narrow = precision == Precision.FLOAT32;
        StringBuilder text = new StringBuilder();
        if (overflow) {
            text.append(" Numbers or their squares exceed ").append(precision).append(", whose largest number is ");
            text.append(narrow ? "3.4e38." : "1.8e308.");
        }
        if (inputs >= LARGE) {
            text.append(" Inputs of the batch are as large as ").append(shown(inputs));
            text.append(": add data.transforms: [ standardize ].");
        }
        if (targets >= LARGE) {
            text.append(" Targets of the batch are as large as ").append(shown(targets));
            text.append(": add data.target_transforms: [ standardize ].");
        }
        if (overflow && narrow) {
            text.append(" Or write precision: float64.");
        }
        return text + (first ? "" : USUAL);
    }

    private static double largest(Matrix matrix) {
        double largest = 0;
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                largest = Math.max(largest, Math.abs(matrix.get(i, j)));
            }
        }
        return largest;
    }

    private static String shown(double value) {
        return Double.isFinite(value) ? Numbers.format(value, value / 1000) : "infinity";
    }
}
