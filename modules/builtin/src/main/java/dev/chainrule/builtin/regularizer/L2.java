package dev.chainrule.builtin.regularizer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Regularizer;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/**
 * The penalty R/n = λ/(2n)·Σ w², whose gradient is (λ/n)·w.
 *
 * <p>Source: Nielsen, chapter 3, equations 87 and 88. The gradient is added as fma(λ/n, w, gradient).
 */
@Component("l2")
@Doc("Weight decay: adds lambda/(2n)·Σw² to the cost, n being the number of training examples.")
public record L2(
        @Doc("The strength λ: 0 or more. It is divided by the number of training examples.")
        double lambda) implements Regularizer {
    public L2 {
        ParameterException.require(
                lambda >= 0 && Double.isFinite(lambda), "lambda", lambda, "a finite number, 0 or more");
    }

    @Override
    public double cost(Matrix w, long n, Kernels kernels) {
        return lambda / (2.0 * n) * kernels.sumOfSquares(w);
    }

    @Override
    public void addGradient(Matrix w, long n, Matrix gradient, Kernels kernels) {
        kernels.addScaled(lambda / n, w, gradient);
    }
}
