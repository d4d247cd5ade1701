package dev.chainrule.builtin.loss;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Loss;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.api.value.Warning;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
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
 * large |z|. Source: Nielsen, chapter 3, equation 63 and the text after it.
 *
 * <p>With a smoothing ε, y is (1 − ε)·y + ε/2 in all of these.
 */
@Component("binary_cross_entropy")
@Doc("The cross-entropy of each output on its own, summed over the outputs: use it after sigmoid. Targets are 0 or 1,"
        + " one-hot, or classes; a single output distinguishes two classes. The cost of a batch is the mean over its"
        + " examples.")
public record BinaryCrossEntropy(
        @Doc("The share of each target that is replaced by one half, against overconfidence: above 0 and below 1. By"
                + " default, none.")
        Optional<Double> labelSmoothing)
        implements Loss {
    private static final PairFunction COST = BinaryCrossEntropy::cost;
    private static final PairFunction COST_OF_HALF = (a, unused, floor) -> cost(a, 0.5, floor);
    private static final PairFunction HALF_FROM_LOGIT = (z, unused, none) -> fromLogit(z, 0.5);
    private static final PairFunction FROM_LOGIT = (z, y, unused) -> fromLogit(z, y);
    private static final PairFunction SLOPE32 = (a, y, batch) -> slope(a, y, Float.MIN_NORMAL) / batch;
    private static final PairFunction SLOPE64 = (a, y, batch) -> slope(a, y, Double.MIN_NORMAL) / batch;

    public BinaryCrossEntropy {
        Targets.requireSmoothing(labelSmoothing);
    }

    @Override
    public void costs(Matrix a, Matrix y, Matrix costs, Kernels kernels) {
        costs(COST, COST_OF_HALF, labelSmoothing, a, y, Targets.floor(a), costs, kernels);
    }

    @Override
    public void gradient(Matrix a, Matrix y, Matrix g, Kernels kernels) {
        Matrix targets = Targets.smoothed(labelSmoothing, 0.5, a, y, g, kernels);
        kernels.zip(a.precision() == Precision.FLOAT32 ? SLOPE32 : SLOPE64, a, targets, a.rows(), g);
    }

    /** Below the floor the cost no longer changes, but its gradient still points in the right direction. */
    @Override
    public void branches(Matrix a, Matrix y, Branches branches) {
        double floor = Targets.floor(a);
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                double target = labelSmoothing.isPresent() ? 0.5 : Targets.of(a, y, i, j);
                double output = a.get(i, j);
                if ((target != 0 && !(output > floor)) || (target != 1 && !(1 - output > floor))) {
                    branches.markNotDifferentiable();
                }
            }
        }
    }

    @Override
    public Optional<Fused> fuse(Activation output) {
        return output instanceof Sigmoid ? Optional.of(new WithSigmoid(labelSmoothing)) : Optional.empty();
    }

    @Override
    public void check(Shape output, Target target) {
        Targets.requireLabels(output, target);
    }

    @Override
    public Bounds targets() {
        return Bounds.FRACTIONS;
    }

    @Override
    public Optional<Warning> warning(Bounds outputs) {
        return Targets.warnUnlessFractions("binary_cross_entropy", outputs);
    }

    private static void costs(
            PairFunction cost,
            PairFunction ofHalf,
            Optional<Double> smoothing,
            Matrix x,
            Matrix y,
            double c,
            Matrix costs,
            Kernels kernels) {
        kernels.sumRows(cost, x, y, c, costs);
        for (int i = 0; i < x.rows() && smoothing.isPresent(); i++) {
            costs.set(i, 0, Targets.cost(cost, ofHalf, smoothing, 1, x, y, c, i));
        }
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
        return Targets.fraction("binary_cross_entropy", target);
    }

    private record WithSigmoid(Optional<Double> labelSmoothing) implements Fused {
        @Override
        public void costs(Matrix z, Matrix a, Matrix y, Matrix costs, Kernels kernels) {
            BinaryCrossEntropy.costs(FROM_LOGIT, HALF_FROM_LOGIT, labelSmoothing, z, y, 0, costs, kernels);
        }

        @Override
        public void delta(Matrix z, Matrix a, Matrix y, Matrix delta, Kernels kernels) {
            Matrix targets = Targets.smoothed(labelSmoothing, 0.5, a, y, delta, kernels);
            Targets.difference(a, targets, delta, kernels);
        }
    }
}
