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
 * The optimizer Nadam, with m and v of {@link Adam}: w ← w − η·(beta1 / (1 − beta1ᵗ⁺¹)·m + (1 − beta1) / (1 − beta1ᵗ)·g) /
 * (√v / √(1 − beta2ᵗ) + epsilon). The factors of η are computed first, sum and product fused.
 *
 * <p>Source: T. Dozat, "Incorporating Nesterov Momentum into Adam", ICLR workshop 2016, algorithm 2 with a constant μ; PyTorch and
 * Keras let μ grow slowly to beta1.
 */
@Component("nadam")
@Doc("Adam with Nesterov momentum: the mean of gradients looks one update ahead.")
public record Nadam(
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
    public Nadam {
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
        private double ahead;
        private double now;

        Running(Nadam spec, List<Parameter> parameters, Kernels kernels) {
            super(parameters, kernels, spec.beta1, spec.beta2, spec.epsilon, "mean", "mean_square");
        }

        @Override
        protected void begin(long step, double learningRate) {
            super.begin(step, learningRate);
            now = (1 - beta1) * rate;
            ahead = beta1 * learningRate / (1 - StrictMath.pow(beta1, step + 2));
        }

        @Override
        public double parameter(double w, double g, double mean, double square) {
            return w - Math.fma(ahead, first(w, g, mean, square), now * g) / divisor(w, g, mean, square);
        }

        @Override
        public float parameter(float w, float g, float mean, float square) {
            return w
                    - Math.fma((float) ahead, first(w, g, mean, square), (float) now * g) / divisor(w, g, mean, square);
        }
    }
}
