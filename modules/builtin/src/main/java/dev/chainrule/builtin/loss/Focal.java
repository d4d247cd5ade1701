package dev.chainrule.builtin.loss;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Loss;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.api.value.Warning;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.PairFunction;
import dev.chainrule.math.Strict;
import dev.chainrule.model.activation.Sigmoid;
import java.util.Optional;

/**
 * The cost Σⱼ y[j]·f(a[j]) + (1 − y[j])·f(1 − a[j]) of each example with f(p) = −(1 − p)^γ·log p, no p or 1 − p below the smallest
 * normal number of float32; f′(p) = γ(1 − p)^(γ − 1)·log p − (1 − p)^γ / p. x^γ is e^(γ·log x). With γ = 0 it is
 * {@link BinaryCrossEntropy}, whose targets it shares.
 *
 * <p>After a sigmoid, with s(z) = log(1 + e^z) and σ(−z) = 1 − a: f = e^(−γ·s(z))·s(−z), and ∂f/∂z =
 * −e^(−γ·s(z))·(γ·σ(z)·s(−z) + σ(−z)), which is finite and right however large |z|.
 *
 * <p>Source: T.-Y. Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017, equation 4. The factor α of its equation 5 is
 * {@code training.class_weights} here.
 */
@Component("focal")
@Doc(
        "The binary cross-entropy of each output, multiplied by a power of its error, so that examples that are already"
                + " right count little. Suits rare classes; use it after sigmoid. The cost of a batch is the mean over its examples.")
public record Focal(
        @Doc("The exponent γ of the error: 0 or more; 0 is binary_cross_entropy.") @Default("2")
        double gamma) implements ElementwiseLoss {
    private static final double FLOOR = Float.MIN_NORMAL;
    private static final PairFunction COST =
            (a, y, gamma) -> Targets.fraction("focal", y) * cost(a, 1 - a, gamma) + (1 - y) * cost(1 - a, a, gamma);
    private static final PairFunction SLOPE =
            (a, y, gamma) -> Targets.fraction("focal", y) * slope(a, 1 - a, gamma) - (1 - y) * slope(1 - a, a, gamma);
    private static final PairFunction FROM_LOGIT =
            (z, y, gamma) -> Targets.fraction("focal", y) * fromLogit(z, gamma) + (1 - y) * fromLogit(-z, gamma);
    private static final PairFunction DELTA =
            (z, y, gamma) -> Targets.fraction("focal", y) * delta(z, gamma) - (1 - y) * delta(-z, gamma);

    public Focal {
        ParameterException.require(gamma >= 0 && Double.isFinite(gamma), "gamma", gamma, "a finite number, 0 or more");
    }

    @Override
    public PairFunction cost() {
        return COST;
    }

    @Override
    public PairFunction slope() {
        return SLOPE;
    }

    @Override
    public double parameter() {
        return gamma;
    }

    private static double cost(double p, double error, double gamma) {
        return -power(error, gamma) * Strict.log(Math.max(p, FLOOR));
    }

    private static double slope(double p, double error, double gamma) {
        return gamma * power(error, gamma - 1) * Strict.log(Math.max(p, FLOOR))
                - power(error, gamma) / Math.max(p, FLOOR);
    }

    private static double power(double x, double exponent) {
        return Strict.exp(exponent * Strict.log(Math.max(x, FLOOR)));
    }

    private static double fromLogit(double z, double gamma) {
        return Strict.exp(-gamma * Strict.softplus(z)) * Strict.softplus(-z);
    }

    private static double delta(double z, double gamma) {
        return -Strict.exp(-gamma * Strict.softplus(z))
                * (gamma * Strict.sigmoid(z) * Strict.softplus(-z) + Strict.sigmoid(-z));
    }

    /** Below the floor the cost no longer changes, but its gradient still points in the right direction. */
    @Override
    public void branch(double a, double y, Branches branches) {
        if (!(a > FLOOR) || !(1 - a > FLOOR)) {
            branches.markNotDifferentiable();
        }
    }

    @Override
    public Optional<Fused> fuse(Activation output) {
        return output instanceof Sigmoid ? Optional.of(new WithSigmoid(gamma)) : Optional.empty();
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
        return Targets.warnUnlessFractions("focal", outputs);
    }

    private record WithSigmoid(double gamma) implements Loss.Fused {
        @Override
        public void costs(Matrix z, Matrix a, Matrix y, Matrix costs, Kernels kernels) {
            kernels.sumRows(FROM_LOGIT, z, y, gamma, costs);
        }

        @Override
        public void delta(Matrix z, Matrix a, Matrix y, Matrix delta, Kernels kernels) {
            kernels.zip(DELTA, z, y, gamma, delta);
            kernels.divide(z.rows(), delta);
        }
    }
}
