package dev.chainrule.builtin.loss;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Loss;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.api.value.Warning;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.PairFunction;
import dev.chainrule.model.activation.Identity;
import java.util.Optional;

/**
 * The cost ½‖a − y‖² of each example; ∂C/∂a = (a − y)/batch. The sum over the outputs ascends in float64.
 *
 * <p>Source: Nielsen, chapter 1, equation 6. With an identity output delta is ∂C/∂a itself.
 */
@Component("quadratic")
@Doc("Half the squared distance of outputs and targets, for numbers or one-hot classes. "
        + "The cost of a batch is the mean over its examples.")
public record Quadratic() implements Loss {
    private static final PairFunction HALF_SQUARE = (a, y, unused) -> 0.5 * (a - y) * (a - y);

    @Override
    public void costs(Matrix a, Matrix y, Matrix costs, Kernels kernels) {
        kernels.sumRows(HALF_SQUARE, a, y, 0, costs);
    }

    @Override
    public void gradient(Matrix a, Matrix y, Matrix g, Kernels kernels) {
        kernels.subtractDivide(a, y, a.rows(), g);
    }

    @Override
    public Optional<Fused> fuse(Activation output) {
        return output instanceof Identity ? Optional.of(new WithIdentity(this)) : Optional.empty();
    }

    @Override
    public void check(Shape output, Target target) {
        Targets.requireNumbers("quadratic", output, target);
    }

    @Override
    public Optional<Warning> warning(Bounds outputs) {
        return outputs.sumsToOne()
                ? Optional.of(new Warning(
                        "quadratic after softmax hardly learns from the examples that it gets most wrong",
                        "Use the loss cross_entropy, which is made for softmax."))
                : Optional.empty();
    }

    private record WithIdentity(Quadratic loss) implements Fused {
        @Override
        public void costs(Matrix z, Matrix a, Matrix y, Matrix costs, Kernels kernels) {
            loss.costs(a, y, costs, kernels);
        }

        @Override
        public void delta(Matrix z, Matrix a, Matrix y, Matrix delta, Kernels kernels) {
            loss.gradient(a, y, delta, kernels);
        }
    }
}
