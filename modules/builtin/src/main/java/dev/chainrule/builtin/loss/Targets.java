package dev.chainrule.builtin.loss;

import dev.chainrule.api.Loss;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.api.value.Warning;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import dev.chainrule.math.PairFunction;
import dev.chainrule.math.Precision;
import java.util.Optional;

/** The comparison of outputs with targets, whether y contains one number per output or only the number of the class. */
final class Targets {
    private static final PairFunction DIFFERENCE = (a, y, unused) -> a - y;
    private static final PairFunction KEPT = (a, y, smoothing) -> (1 - smoothing) * y;
    private static final PairFunction RAISED = (y, unused, share) -> y + share;

    private Targets() {}

    /**
     * Compute delta = (a − y)/batch, the delta of every canonical pair. Difference and quotient are each rounded to the
     * precision, so that class numbers and one-hot targets give the same bits.
     *
     * @param a [batch, outputs]. Not modified.
     * @param y [batch, outputs or 1]. Not modified, unless it is delta.
     * @param delta [batch, outputs]. Modified. May be y.
     */
    static void difference(Matrix a, Matrix y, Matrix delta, Kernels kernels) {
        if (y.columns() == a.columns() && y != delta) {
            kernels.subtractDivide(a, y, a.rows(), delta);
            return;
        }
        kernels.zip(DIFFERENCE, a, y, 0, delta);
        kernels.divide(a.rows(), delta);
    }

    /**
     * Return smoothed targets (1 − smoothing)·y + smoothing·share, product and sum each rounded to the precision; y itself if
     * there is no smoothing.
     *
     * @param share the target of each output if nothing is known
     * @param a [batch, outputs]. Not modified.
     * @param y [batch, outputs or 1]. Not modified.
     * @param into [batch, outputs]. Modified if there is a smoothing.
     */
    static Matrix smoothed(Optional<Double> smoothing, double share, Matrix a, Matrix y, Matrix into, Kernels kernels) {
        if (smoothing.isEmpty()) {
            return y;
        }
        kernels.zip(KEPT, a, y, smoothing.get(), into);
        kernels.zip(RAISED, into, into, smoothing.get() * share, into);
        return into;
    }

    /**
     * Return the cost of an example, (1 − smoothing)·Σⱼ cost + smoothing·share·Σⱼ spread: the cost is linear in the targets.
     *
     * @param cost of an output
     * @param spread the cost of an output whose target is 1 / share of what it is if nothing is known
     * @param c passed to both
     */
    static double cost(
            PairFunction cost,
            PairFunction spread,
            Optional<Double> smoothing,
            double share,
            Matrix a,
            Matrix y,
            double c,
            int row) {
        double sharp = a.sumRow(cost, y, c, row);
        return smoothing.isEmpty()
                ? sharp
                : (1 - smoothing.get()) * sharp + smoothing.get() * share * a.sumRow(spread, y, c, row);
    }

    /** Throw unless a smoothing is above 0 and below 1, if there is one. */
    static void requireSmoothing(Optional<Double> labelSmoothing) {
        labelSmoothing.ifPresent(smoothing -> ParameterException.require(
                smoothing > 0 && smoothing < 1, "labelSmoothing", smoothing, "above 0 and below 1"));
    }

    /** Return the smallest normal number of a matrix's precision: the floor under a logarithm's argument. */
    static double floor(Matrix a) {
        return a.precision() == Precision.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    }

    /**
     * Return the target of one output: y[row, column], or 1 and 0 if y contains the number of the class.
     *
     * @param a [batch, outputs]. Not modified.
     * @param y [batch, outputs or 1]. Not modified.
     */
    static double of(Matrix a, Matrix y, int row, int column) {
        return y.columns() == a.columns() ? y.get(row, column) : y.get(row, 0) == column ? 1 : 0;
    }

    /**
     * Return a target that must be a number from 0 to 1.
     *
     * @throws InputException if it is not
     */
    static double fraction(String loss, double target) {
        if (!(target >= 0 && target <= 1)) {
            throw new InputException(
                    "a target of " + loss + " is " + Numbers.format(target),
                    "Targets must be from 0 to 1. For other numbers, write loss: quadratic.");
        }
        return target;
    }

    /**
     * Require one output per class, or one per value.
     *
     * @throws InputException with both numbers
     */
    static void requireWidth(Shape output, Target target) {
        int width = target.names().size();
        if (output.size() != width) {
            String many = target.isClass() ? (width == 1 ? " class" : " classes") : (width == 1 ? " value" : " values");
            throw new InputException(
                            "the network has " + output.size() + (output.size() == 1 ? " output" : " outputs")
                                    + ", but the target has " + width + many,
                            "Give the last layer units: " + width + ".")
                    .atConfig(Loss.LAST_LAYER);
        }
    }

    /**
     * Require numbers, or one-hot classes, and an output for each.
     *
     * @throws InputException with the loss and the mismatch
     */
    static void requireNumbers(String loss, Shape output, Target target) {
        if (target.form() == Target.Form.CLASS_INDEX) {
            throw new InputException(
                    loss + " compares numbers, but the target is a class number",
                    "Add the transform one_hot, or use the loss cross_entropy.");
        }
        requireWidth(output, target);
    }

    /**
     * Require numbers or classes and an output for each, or a single output for two classes.
     *
     * @throws InputException with the mismatch
     */
    static void requireLabels(Shape output, Target target) {
        int classes = target.names().size();
        if (target.form() != Target.Form.CLASS_INDEX || output.size() != 1) {
            requireWidth(output, target);
        } else if (classes != 2) {
            throw new InputException(
                            "one output distinguishes two classes, but the target has " + classes,
                            "Give the last layer units: " + classes + ", or use softmax with cross_entropy.")
                    .atConfig(Loss.LAST_LAYER);
        }
    }

    /** Return the warning of outputs that are not probabilities, each on its own. */
    static Optional<Warning> warnUnlessFractions(String loss, Bounds outputs) {
        if (outputs.sumsToOne()) {
            return Optional.of(new Warning(
                    loss + " treats each output separately, but these outputs sum to 1",
                    "Use cross_entropy after softmax, or sigmoid before " + loss + "."));
        }
        return Bounds.FRACTIONS.contains(outputs)
                ? Optional.empty()
                : Optional.of(new Warning(
                        loss + " expects probabilities as outputs, but they can be " + outputs,
                        "Write activation: sigmoid in the last layer; the loss does not apply one."));
    }

    /** Return the warning of outputs that are not probabilities that sum to 1. */
    static Optional<Warning> warnUnlessDistribution(String loss, Bounds outputs) {
        return outputs.sumsToOne()
                ? Optional.empty()
                : Optional.of(new Warning(
                        loss + " expects probabilities that sum to 1 as outputs, but they can be " + outputs,
                        "Write activation: softmax in the last layer; the loss does not apply one."));
    }
}
