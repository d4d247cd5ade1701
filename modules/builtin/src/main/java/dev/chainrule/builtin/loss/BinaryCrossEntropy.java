package dev.chainrule.builtin.loss;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Loss;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.api.value.Warning;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import dev.chainrule.math.PairFunction;
import dev.chainrule.math.Precision;
import dev.chainrule.math.Strict;
import dev.chainrule.model.activation.Sigmoid;
import java.util.Optional;

/**
 * The cost −Σⱼ (y[j]·log a[j] + (1 − y[j])·log(1 − a[j])) of each example, no logarithm's argument below the smallest
 * normal number of the precision; ∂C/∂a = ((1 − y)/(1 − a) − y/a) / batch with the same floors. The sum over the
 * outputs ascends in float64.
 *
 * <p>y [batch, outputs] contains numbers from 0 to 1. A class number is its one-hot row if there are several outputs
 * (the ten sigmoids of Nielsen's digits), and with one output it is 0 or 1 itself.
 *
 * <p>After a sigmoid: cost Σⱼ max(z, 0) − z·y + log(1 + e^−|z|), and delta = (a − y)/batch, finite and right however
 * large
 * z|. Source: Nielsen, chapter 3, equation 63 and the text after it.
 */
@Component("binary_cross_entropy")
@Doc("The cross-entropy of each output on its own, summed over the outputs: use it after sigmoid. Targets are 0 or 1,"
        + " one-hot, or classes; a single output distinguishes two classes. The cost of a batch is the mean over its"
        + " examples.")
public record BinaryCrossEntropy() implements Loss {
    private static final PairFunction COST = BinaryCrossEntropy::cost;
    private static final PairFunction FROM_LOGIT = (z, y, unused) -> fromLogit(z, y);
    private static final PairFunction SLOPE32 = (a, y, batch) -> slope(a, y, Float.MIN_NORMAL) / batch;
    private static final PairFunction SLOPE64 = (a, y, batch) -> slope(a, y, Double.MIN_NORMAL) / batch;

    @Override
    public void costs(Matrix a, Matrix y, Matrix costs, Kernels kernels) {
        kernels.sumRows(COST, a, y, Targets.floor(a), costs);
    }

    @Override
    public void gradient(Matrix a, Matrix y, Matrix g, Kernels kernels) {
        kernels.zip(a.precision() == Precision.FLOAT32 ? SLOPE32 : SLOPE64, a, y, a.rows(), g);
    }

    /** Below the floor the cost no longer changes, but its gradient still points in the right direction. */
    @Override
    public void branches(Matrix a, Matrix y, Branches branches) {
        double floor = Targets.floor(a);
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                double target = Targets.of(a, y, i, j);
                double output = a.get(i, j);
                if ((target != 0 && !(output > floor)) || (target != 1 && !(1 - output > floor))) {
                    branches.markNotDifferentiable();
                }
            }
        }
    }

    @Override
    public Optional<Fused> fuse(Activation output) {
        return output instanceof Sigmoid ? Optional.of(new WithSigmoid()) : Optional.empty();
    }

    @Override
    public void check(Shape output, Target target) {
        int classes = target.names().size();
        if (target.form() == Target.Form.CLASS_INDEX && output.size() == 1) {
            if (classes != 2) {
                throw new InputException(
                                "one output distinguishes two classes, but the target has " + classes,
                                "Give the last layer units: " + classes + ", or use softmax with cross_entropy.")
                        .atConfig(LAST_LAYER);
            }
            return;
        }
        Targets.requireWidth(output, target);
    }

    @Override
    public Bounds targets() {
        return Bounds.FRACTIONS;
    }

    @Override
    public Optional<Warning> warning(Bounds outputs) {
        if (outputs.sumsToOne()) {
            return Optional.of(new Warning(
                    "binary_cross_entropy treats each output on its own, but these sum to 1",
                    "Use cross_entropy after softmax, or sigmoid before binary_cross_entropy."));
        }
        return Bounds.FRACTIONS.contains(outputs)
                ? Optional.empty()
                : Optional.of(new Warning(
                        "binary_cross_entropy expects probabilities as outputs, but they can be " + outputs,
                        "Write activation: sigmoid in the last layer; the loss does not apply one."));
    }

    private static double cost(double a, double y, double floor) {
        double target = checked(y);
        return -(target * Strict.log(Math.max(a, floor)) + (1 - target) * Strict.log(Math.max(1 - a, floor)));
    }

    private static double slope(double a, double y, double floor) {
        double target = checked(y);
        return (1 - target) / Math.max(1 - a, floor) - target / Math.max(a, floor);
    }

    private static double fromLogit(double z, double y) {
        return Math.max(z, 0) - z * checked(y) + Strict.log1p(Strict.exp(-Math.abs(z)));
    }

    private static double checked(double target) {
        if (!(target >= 0 && target <= 1)) {
            throw new InputException(
                    "a target of binary_cross_entropy is " + Numbers.format(target),
                    "Targets are numbers from 0 to 1. Use the loss quadratic for others.");
        }
        return target;
    }

    private record WithSigmoid() implements Fused {
        @Override
        public void costs(Matrix z, Matrix a, Matrix y, Matrix costs, Kernels kernels) {
            kernels.sumRows(FROM_LOGIT, z, y, 0, costs);
        }

        @Override
        public void delta(Matrix z, Matrix a, Matrix y, Matrix delta, Kernels kernels) {
            Targets.difference(a, y, delta, kernels);
        }
    }
}
