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
import dev.chainrule.math.Strict;
import dev.chainrule.model.activation.Softmax;
import java.util.Optional;

/**
 * The cost Σⱼ y[j]·log(y[j] / a[j]) of each example, no a below the smallest normal number of float32; its slope is −y/a with
 * the same floor. y [batch, outputs] contains probabilities, of which 0 adds nothing.
 *
 * <p>After a softmax: cost Σⱼ y[j]·(log y[j] + log Σₖ e^z[k] − z[j]), and delta = (a·Σⱼ y[j] − y)/batch.
 *
 * <p>Source: S. Kullback, R. Leibler, "On Information and Sufficiency", Annals of Mathematical Statistics 22, 1951, equation
 * 2.4.
 */
@Component("kl_divergence")
@Doc(
        "The Kullback-Leibler divergence of the outputs from targets that are probabilities: use it after softmax. The cost"
                + " of a batch is the mean over its examples.")
public record KlDivergence() implements ElementwiseLoss {
    private static final double FLOOR = Float.MIN_NORMAL;
    private static final PairFunction COST =
            (a, y, unused) -> y == 0 ? 0 : y * (Strict.log(y) - Strict.log(Math.max(a, FLOOR)));
    private static final PairFunction SLOPE = (a, y, unused) -> -y / Math.max(a, FLOOR);
    private static final PairFunction FROM_LOGIT =
            (z, y, logSumExp) -> y == 0 ? 0 : y * (Strict.log(y) + (logSumExp - z));
    private static final PairFunction TARGET = (a, y, unused) -> y;

    @Override
    public PairFunction cost() {
        return COST;
    }

    @Override
    public PairFunction slope() {
        return SLOPE;
    }

    /** Below the floor the cost no longer changes, but its gradient still points in the right direction. */
    @Override
    public void branch(double a, double y, Branches branches) {
        if (y != 0 && !(a > FLOOR)) {
            branches.markNotDifferentiable();
        }
    }

    @Override
    public Optional<Fused> fuse(Activation output) {
        return output instanceof Softmax ? Optional.of(new WithSoftmax()) : Optional.empty();
    }

    @Override
    public void check(Shape output, Target target) {
        if (target.isClass()) {
            throw new InputException(
                    "kl_divergence compares probabilities, but the target is a class",
                    "Use the loss cross_entropy, which is the same for classes.");
        }
        Targets.requireWidth(output, target);
    }

    @Override
    public Bounds targets() {
        return Bounds.FRACTIONS;
    }

    @Override
    public Optional<Warning> warning(Bounds outputs) {
        return Targets.warnUnlessDistribution("kl_divergence", outputs);
    }

    private record WithSoftmax() implements Loss.Fused {
        @Override
        public void costs(Matrix z, Matrix a, Matrix y, Matrix costs, Kernels kernels) {
            kernels.logSumExpRows(z, costs);
            for (int i = 0; i < z.rows(); i++) {
                costs.set(i, 0, z.sumRow(FROM_LOGIT, y, costs.get(i, 0), i));
            }
        }

        @Override
        public void delta(Matrix z, Matrix a, Matrix y, Matrix delta, Kernels kernels) {
            delta.reshape(a.rows(), a.columns());
            for (int i = 0; i < a.rows(); i++) {
                double sum = a.sumRow(TARGET, y, 0, i);
                for (int j = 0; j < a.columns(); j++) {
                    delta.set(i, j, (a.get(i, j) * sum - y.get(i, j)) / a.rows());
                }
            }
        }
    }
}
