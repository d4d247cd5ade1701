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
 * The optimizer AdamW, with m and v of {@link Adam}: w ← (1 − η·weight_decay)·w − η / (1 − beta1ᵗ)·m / (√v / √(1 − beta2ᵗ) + epsilon).
 * Unlike with {@link Adam} and an l2 regularizer, the decay is not divided by √v.
 *
 * <p>Source: I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, algorithm 2, with the factor η of the
 * decay that PyTorch has.
 */
@Component("adamw")
@Doc("Adam with a weight decay that is separate from the gradient: each update also shrinks every parameter by the"
        + " same share.")
public record AdamW(
        @Doc("The learning rate η: a number or a schedule.") @Default("0.001")
        Schedule learningRate,

        @Doc("The share of the running mean of gradients that is kept at each update: 0 or more and below 1.")
        @Default("0.9")
        double beta1,

        @Doc("The share of the running mean of squared gradients that is kept at each update: 0 or more and below 1.")
        @Default("0.999")
        double beta2,

        @Doc("Added to the root, to avoid division by 0: above 0.") @Default("1e-8")
        double epsilon,

        @Doc("The share of each parameter, biases too, that is subtracted at each update, times the learning rate: 0 or"
                + " more.")
        @Default("0.01")
        double weightDecay)
        implements OptimizerSpec {
    public AdamW {
        Checks.require(beta1, beta2, epsilon);
        Checks.requireDecay(weightDecay);
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
        private final double decay;
        private double kept;

        Running(AdamW spec, List<Parameter> parameters, Kernels kernels) {
            super(parameters, kernels, spec.beta1, spec.beta2, spec.epsilon, "mean", "mean_square");
            this.decay = spec.weightDecay;
        }

        @Override
        protected void begin(long step, double learningRate) {
            super.begin(step, learningRate);
            kept = 1 - learningRate * decay;
        }

        @Override
        public double parameter(double w, double g, double mean, double square) {
            return kept * w - rate * first(w, g, mean, square) / divisor(w, g, mean, square);
        }

        @Override
        public float parameter(float w, float g, float mean, float square) {
            return (float) kept * w - (float) rate * first(w, g, mean, square) / divisor(w, g, mean, square);
        }
    }
}
