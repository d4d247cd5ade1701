package dev.chainrule.builtin.regularizer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Regularizer;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.Optional;

/**
 * The penalty R/n = λ/(2n)·Σ w², whose gradient is (λ/n)·w.
 * A strength takes the place of λ/n.
 *
 * <p>Source: Nielsen, chapter 3, equations 87 and 88. The gradient is added as fma(λ/n, w, gradient).
 */
@Component("l2")
@Doc("Weight decay: adds lambda/(2n)·Σw² to the cost, n being the number of training examples, or strength/2·Σw².")
public record L2(
        @Doc("The strength λ, which is divided by the number of training examples: 0 or more.")
        Optional<Double> lambda,

        @Doc(
                "The strength as it is, instead of lambda, so that more examples do not weaken it: 0 or more. With sgd it is the weight_decay of PyTorch.")
        Optional<Double> strength)
        implements Regularizer {
    public L2 {
        Strength.require(lambda, strength);
    }

    /** Create a penalty whose strength is divided by the number of training examples. */
    public L2(double lambda) {
        this(Optional.of(lambda), Optional.empty());
    }

    @Override
    public boolean isDivided() {
        return lambda.isPresent();
    }

    @Override
    public double cost(Matrix w, long n, Kernels kernels) {
        return Strength.of(lambda, strength, n) / 2 * kernels.sumOfSquares(w);
    }

    @Override
    public void addGradient(Matrix w, long n, Matrix gradient, Kernels kernels) {
        kernels.addScaled(Strength.of(lambda, strength, n), w, gradient);
    }
}
