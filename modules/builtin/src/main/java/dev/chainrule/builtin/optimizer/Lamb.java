package dev.chainrule.builtin.optimizer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;

/**
 * The optimizer LAMB, with m and v of {@link Adam}, for each parameter matrix w: r = m / (1 − beta1ᵗ) / (√v / √(1 − beta2ᵗ) + epsilon)
 * + weight_decay·w, then w ← w − η·‖w‖/‖r‖·r, with Euclidean norms; the quotient is 1 if one of them is 0. The additions are fused.
 *
 * <p>Source: Y. You et al., "Large Batch Optimization for Deep Learning: Training BERT in 76 minutes", ICLR 2020, algorithm 2 with
 * φ(z) = z.
 */
@Component("lamb")
@Doc("Adam whose step is scaled to the size of each parameter matrix, for large batches: a rate of 0.01 changes each by"
        + " 1 %.")
public record Lamb(
        @Doc("The learning rate η: a number or a schedule.") @Default("0.001")
        Schedule learningRate,

        @Doc("The share of the running mean of gradients that is kept at each update: 0 or more and below 1.")
        @Default("0.9")
        double beta1,

        @Doc("The share of the running mean of squared gradients that is kept at each update: 0 or more and below 1.")
        @Default("0.999")
        double beta2,

        @Doc("Added to the root, to avoid division by 0: above 0.") @Default("1e-6")
        double epsilon,

        @Doc("The share of each parameter, biases too, that is subtracted at each update, times the learning rate: 0 or"
                + " more.")
        @Default("0.01")
        double weightDecay)
        implements OptimizerSpec {
    public Lamb {
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
        private final Matrix direction;
        private double learningRate;

        Running(Lamb spec, List<Parameter> parameters, Kernels kernels) {
            super(parameters, kernels, spec.beta1, spec.beta2, spec.epsilon, "mean", "mean_square");
            this.decay = spec.weightDecay;
            this.direction = kernels.matrix(0, 0);
        }

        @Override
        protected void begin(long step, double rateNow) {
            super.begin(step, 1);
            learningRate = rateNow;
        }

        @Override
        protected void update(Parameter parameter, Matrix[] states, Kernels kernels) {
            Matrix w = parameter.value();
            direction.reshape(w.rows(), w.columns());
            kernels.update(this, direction, parameter.gradient(), states[0], states[1]);
            kernels.addScaled(decay, w, direction);
            double size = Math.sqrt(kernels.sumOfSquares(w));
            double length = Math.sqrt(kernels.sumOfSquares(direction));
            double trust = size > 0 && length > 0 ? size / length : 1;
            kernels.addScaled(-learningRate * trust, direction, w);
        }

        /** Return the direction, whatever it was before. */
        @Override
        public double parameter(double unused, double g, double mean, double square) {
            return rate * first(unused, g, mean, square) / divisor(unused, g, mean, square);
        }

        @Override
        public float parameter(float unused, float g, float mean, float square) {
            return (float) rate * first(unused, g, mean, square) / divisor(unused, g, mean, square);
        }
    }
}
