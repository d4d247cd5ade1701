package dev.chainrule.builtin.optimizer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.math.Kernels;
import java.util.List;

/**
 * The optimizer Adam, g = ∂C/∂w, t = 1 for the first update: m ← beta1·m + (1 − beta1)·g, v ← beta2·v + (1 − beta2)·g²,
 * then w ← w − η / (1 − beta1ᵗ)·m / (√v / √(1 − beta2ᵗ) + epsilon), where m and v start at 0.
 *
 * <p>Source: D. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 1, which also gives
 * the defaults; the two corrections are applied to scalars, which is the same formula in another order.
 */
@Component("adam")
@Doc("Divides a running mean of each gradient by the running root mean square of its past, both corrected "
        + "for their initial bias.")
public record Adam(
        @Doc("The learning rate η: a number or a schedule.") @Default("0.001")
        Schedule learningRate,

        @Doc("The share of the running mean of gradients that is kept at each update: 0 or more and below 1.")
        @Default("0.9")
        double beta1,

        @Doc("The share of the running mean of squared gradients that is kept at each update: 0 or more and below 1.")
        @Default("0.999")
        double beta2,

        @Doc("Added to the root, to avoid division by 0: above 0.") @Default("1e-8")
        double epsilon)
        implements OptimizerSpec {
    public Adam {
        Checks.require(beta1, beta2, epsilon);
    }

    /** Each weight moves by about η at every update, whatever its gradient. */
    @Override
    public double divergingRate() {
        return 1;
    }

    @Override
    public Optimizer create(List<Parameter> parameters, Kernels kernels) {
        return new Running(this, parameters, kernels);
    }

    private static final class Running extends Moments {
        Running(Adam spec, List<Parameter> parameters, Kernels kernels) {
            super(parameters, kernels, spec.beta1, spec.beta2, spec.epsilon, "mean", "mean_square");
        }

        @Override
        public double parameter(double w, double g, double mean, double square) {
            return w - rate * first(w, g, mean, square) / divisor(w, g, mean, square);
        }

        @Override
        public float parameter(float w, float g, float mean, float square) {
            return w - (float) rate * first(w, g, mean, square) / divisor(w, g, mean, square);
        }
    }
}
