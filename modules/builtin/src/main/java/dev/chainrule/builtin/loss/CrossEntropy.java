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
import dev.chainrule.math.PairFunction;
import dev.chainrule.math.Precision;
import dev.chainrule.math.Strict;
import dev.chainrule.model.activation.Softmax;
import java.util.Optional;

/**
 * The cost −Σⱼ y[j]·log max(a[j], floor) of each example, floor being the smallest normal number of the precision;
 * ∂C/∂a[j] = −y[j] / max(a[j], floor) / batch. y [batch, outputs] is one-hot, or y [batch, 1] contains the number of
 * the class. The sum over the outputs ascends in float64.
 *
 * <p>After a softmax: cost Σⱼ y[j]·(log Σₖ e^z[k] − z[j]), and delta = (a − y)/batch, as Σⱼ y[j] = 1 for one class per
 * example (Nielsen, chapter 3, equation 84). Nothing overflows or vanishes there, however large the logits.
 *
 * <p>With a smoothing ε, y is (1 − ε)·y + ε/outputs in all of these (C. Szegedy et al., "Rethinking the Inception Architecture for
 * Computer Vision", CVPR 2016, section 7).
 */
@Component("cross_entropy")
@Doc("The negative logarithm of the probability of the correct class, for outputs that sum to 1: use it after"
        + " softmax. The cost of a batch is the mean over its examples.")
public record CrossEntropy(
        @Doc(
                "The share of each target that is spread evenly over all classes, against overconfidence: above 0 and below"
                        + " 1. By default, none.")
        Optional<Double> labelSmoothing)
        implements Loss {
    private static final PairFunction COST = (a, y, floor) -> y == 0 ? 0 : -(y * Strict.log(Math.max(a, floor)));
    private static final PairFunction COST_OF_ALL = (a, unused, floor) -> -Strict.log(Math.max(a, floor));
    private static final PairFunction ALL_FROM_LOGIT = (z, unused, logSumExp) -> logSumExp - z;
    private static final PairFunction FROM_LOGIT = (z, y, logSumExp) -> y == 0 ? 0 : y * (logSumExp - z);
    private static final PairFunction SLOPE32 =
            (a, y, batch) -> y == 0 ? 0 : -y / Math.max(a, Float.MIN_NORMAL) / batch;
    private static final PairFunction SLOPE64 =
            (a, y, batch) -> y == 0 ? 0 : -y / Math.max(a, Double.MIN_NORMAL) / batch;

    public CrossEntropy {
        Targets.requireSmoothing(labelSmoothing);
    }

    @Override
    public void costs(Matrix a, Matrix y, Matrix costs, Kernels kernels) {
        kernels.sumRows(COST, a, y, Targets.floor(a), costs);
        for (int i = 0; i < a.rows() && labelSmoothing.isPresent(); i++) {
            double share = 1.0 / a.columns();
            costs.set(i, 0, Targets.cost(COST, COST_OF_ALL, labelSmoothing, share, a, y, Targets.floor(a), i));
        }
    }

    @Override
    public void gradient(Matrix a, Matrix y, Matrix g, Kernels kernels) {
        Matrix targets = Targets.smoothed(labelSmoothing, 1.0 / a.columns(), a, y, g, kernels);
        kernels.zip(a.precision() == Precision.FLOAT32 ? SLOPE32 : SLOPE64, a, targets, a.rows(), g);
    }

    /** Below the floor the cost no longer changes, but its gradient still points in the right direction. */
    @Override
    public void branches(Matrix a, Matrix y, Branches branches) {
        double floor = Targets.floor(a);
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                if ((labelSmoothing.isPresent() || Targets.of(a, y, i, j) != 0) && !(a.get(i, j) > floor)) {
                    branches.markNotDifferentiable();
                }
            }
        }
    }

    @Override
    public Optional<Fused> fuse(Activation output) {
        return output instanceof Softmax ? Optional.of(new WithSoftmax(labelSmoothing)) : Optional.empty();
    }

    @Override
    public void check(Shape output, Target target) {
        if (!target.isClass()) {
            throw new InputException(
                    "cross_entropy requires classes as targets, but these are numbers: " + target.listed(),
                    "To predict numbers, write loss: quadratic, or loss: binary_cross_entropy if they are from 0 to 1.");
        }
        if (output.size() == 1) {
            throw new InputException(
                            "cross_entropy requires one output per class, but the network has 1 output",
                            "Give the last layer units: " + target.names().size()
                                    + ", or use sigmoid with binary_cross_entropy for two classes.")
                    .atConfig(LAST_LAYER);
        }
        Targets.requireWidth(output, target);
    }

    @Override
    public Optional<Warning> warning(Bounds outputs) {
        return Targets.warnUnlessDistribution("cross_entropy", outputs);
    }

    private record WithSoftmax(Optional<Double> labelSmoothing) implements Fused {
        @Override
        public void costs(Matrix z, Matrix a, Matrix y, Matrix costs, Kernels kernels) {
            kernels.logSumExpRows(z, costs);
            for (int i = 0; i < z.rows(); i++) {
                double share = 1.0 / z.columns();
                double logSumExp = costs.get(i, 0);
                costs.set(i, 0, Targets.cost(FROM_LOGIT, ALL_FROM_LOGIT, labelSmoothing, share, z, y, logSumExp, i));
            }
        }

        @Override
        public void delta(Matrix z, Matrix a, Matrix y, Matrix delta, Kernels kernels) {
            Matrix targets = Targets.smoothed(labelSmoothing, 1.0 / a.columns(), a, y, delta, kernels);
            Targets.difference(a, targets, delta, kernels);
        }
    }
}
