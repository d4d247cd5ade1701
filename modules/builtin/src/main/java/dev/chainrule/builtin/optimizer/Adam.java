package dev.chainrule.builtin.optimizer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.ElementwiseOptimizer;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.math.Kernels;
import java.util.List;

/**
 * The optimizer Adam, g = ∂C/∂w, t = 1 for the first update: m ← beta1·m + (1 − beta1)·g, v ← beta2·v + (1 − beta2)·g²,
 * then w ← w − η / (1 − beta1ᵗ)·m / (√v / √(1 − beta2ᵗ) + epsilon), where m and v start at 0.
 * The means are m = fma(1 − beta1, g, beta1·m) and v = fma(1 − beta2, g·g, beta2·v); numbers that all elements share are computed in
 * float64 and rounded to the precision once.
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
        ParameterException.require(beta1 >= 0 && beta1 < 1, "beta1", beta1, "0 or more and below 1");
        ParameterException.require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "0 or more and below 1");
        ParameterException.require(
                epsilon > 0 && Double.isFinite(epsilon), "epsilon", epsilon, "a finite number above 0");
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

    private static final class Running extends ElementwiseOptimizer {
        private final Adam spec;
        private double rate;
        private double root;

        Running(Adam spec, List<Parameter> parameters, Kernels kernels) {
            super(parameters, kernels, "mean", "mean_square");
            this.spec = spec;
        }

        @Override
        protected void begin(long step, double learningRate) {
            rate = learningRate / (1 - StrictMath.pow(spec.beta1, step + 1));
            root = Math.sqrt(1 - StrictMath.pow(spec.beta2, step + 1));
        }

        @Override
        public double parameter(double w, double g, double mean, double square) {
            double divisor = Math.sqrt(second(w, g, mean, square)) / root + spec.epsilon;
            return w - rate * first(w, g, mean, square) / divisor;
        }

        @Override
        public double first(double w, double g, double mean, double square) {
            return Math.fma(1 - spec.beta1, g, spec.beta1 * mean);
        }

        @Override
        public double second(double w, double g, double mean, double square) {
            return Math.fma(1 - spec.beta2, g * g, spec.beta2 * square);
        }

        @Override
        public float parameter(float w, float g, float mean, float square) {
            float divisor = (float) Math.sqrt(second(w, g, mean, square)) / (float) root + (float) spec.epsilon;
            return w - (float) rate * first(w, g, mean, square) / divisor;
        }

        @Override
        public float first(float w, float g, float mean, float square) {
            return Math.fma((float) (1 - spec.beta1), g, (float) spec.beta1 * mean);
        }

        @Override
        public float second(float w, float g, float mean, float square) {
            return Math.fma((float) (1 - spec.beta2), g * g, (float) spec.beta2 * square);
        }
    }
}
