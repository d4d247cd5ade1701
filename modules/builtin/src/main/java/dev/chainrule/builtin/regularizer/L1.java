package dev.chainrule.builtin.regularizer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Regularizer;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.PairFunction;

/**
 * The penalty R/n = (λ/n)·Σ |w|, whose gradient is (λ/n)·sign w, with sign 0 = 0.
 *
 * <p>Source: Nielsen, chapter 3, equations 95 and 96. An element of the gradient is computed in float64 and rounded
 * once.
 */
@Component("l1")
@Doc("Pulls weights to zero: adds lambda/n·Σ|w| to the cost, n being the number of training examples.")
public record L1(
        @Doc("The strength λ: 0 or more. It is divided by the number of training examples.")
        double lambda) implements Regularizer {
    private static final PairFunction PULL = (gradient, w, step) -> gradient + step * Math.signum(w);

    public L1 {
        ParameterException.require(
                lambda >= 0 && Double.isFinite(lambda), "lambda", lambda, "a finite number, 0 or more");
    }

    @Override
    public double cost(Matrix w, long n, Kernels kernels) {
        return lambda / n * kernels.sumOfMagnitudes(w);
    }

    @Override
    public void addGradient(Matrix w, long n, Matrix gradient, Kernels kernels) {
        kernels.zip(PULL, gradient, w, lambda / n, gradient);
    }

    @Override
    public double[] kinks() {
        return new double[] {0};
    }
}
