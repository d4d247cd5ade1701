package dev.chainrule.builtin.regularizer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Regularizer;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.PairFunction;
import java.util.Optional;

/**
 * The penalty R/n = (λ/n)·Σ |w|, whose gradient is (λ/n)·sign w, with sign 0 = 0.
 * A strength takes the place of λ/n.
 *
 * <p>Source: Nielsen, chapter 3, equations 95 and 96. An element of the gradient is computed in float64 and rounded
 * once.
 */
@Component("l1")
@Doc(
        "Pulls weights to zero: adds lambda/n·Σ|w| to the cost, n being the number of training examples, or strength·Σ|w|.")
public record L1(
        @Doc("The strength λ, which is divided by the number of training examples: 0 or more.")
        Optional<Double> lambda,

        @Doc("The strength as it is, instead of lambda, so that more examples do not weaken it: 0 or more.")
        Optional<Double> strength)
        implements Regularizer {
    private static final PairFunction PULL = (gradient, w, step) -> gradient + step * Math.signum(w);

    public L1 {
        Strength.require(lambda, strength);
    }

    /** Create a penalty whose strength is divided by the number of training examples. */
    public L1(double lambda) {
        this(Optional.of(lambda), Optional.empty());
    }

    @Override
    public boolean isDivided() {
        return lambda.isPresent();
    }

    @Override
    public double cost(Matrix w, long n, Kernels kernels) {
        return Strength.of(lambda, strength, n) * kernels.sumOfMagnitudes(w);
    }

    @Override
    public void addGradient(Matrix w, long n, Matrix gradient, Kernels kernels) {
        kernels.zip(PULL, gradient, w, Strength.of(lambda, strength, n), gradient);
    }

    @Override
    public double[] kinks() {
        return new double[] {0};
    }
}
