package dev.chainrule.builtin.optimizer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.ElementwiseOptimizer;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.math.Kernels;
import java.util.List;

/**
 * The optimizer Lion, g = ∂C/∂w: w ← (1 − η·weight_decay)·w − η·sign(beta1·m + (1 − beta1)·g), then m ← beta2·m + (1 − beta2)·g, where m
 * starts at 0. Both means fuse the product with g.
 *
 * <p>Source: X. Chen et al., "Symbolic Discovery of Optimization Algorithms", NeurIPS 2023, algorithm 2.
 */
@Component("lion")
@Doc(
        "Moves each weight by the learning rate itself, in the direction of a running mean of its gradients: use a third to"
                + " a tenth of Adam's rate.")
public record Lion(
        @Doc("The learning rate η: a number or a schedule.") @Default("0.0001")
        Schedule learningRate,

        @Doc("The share of the past in the direction of the update: 0 or more and below 1.") @Default("0.9")
        double beta1,

        @Doc("The share of the running mean of gradients that is kept at each update: 0 or more and below 1.")
        @Default("0.99")
        double beta2,

        @Doc("The share of each parameter, biases too, that is subtracted at each update, times the learning rate: 0 or"
                + " more.")
        @Default("0")
        double weightDecay)
        implements OptimizerSpec {
    public Lion {
        Checks.requireShare("beta1", beta1);
        Checks.requireShare("beta2", beta2);
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

    private static final class Running extends ElementwiseOptimizer {
        private final Lion spec;
        private double rate;
        private double kept;

        Running(Lion spec, List<Parameter> parameters, Kernels kernels) {
            super(parameters, kernels, "mean");
            this.spec = spec;
        }

        @Override
        protected void begin(long step, double learningRate) {
            rate = learningRate;
            kept = 1 - learningRate * spec.weightDecay;
        }

        @Override
        public double parameter(double w, double g, double mean, double unused) {
            return kept * w - rate * Math.signum(Math.fma(1 - spec.beta1, g, spec.beta1 * mean));
        }

        @Override
        public double first(double w, double g, double mean, double unused) {
            return Math.fma(1 - spec.beta2, g, spec.beta2 * mean);
        }

        @Override
        public float parameter(float w, float g, float mean, float unused) {
            float direction = Math.fma((float) (1 - spec.beta1), g, (float) spec.beta1 * mean);
            return (float) kept * w - (float) rate * Math.signum(direction);
        }

        @Override
        public float first(float w, float g, float mean, float unused) {
            return Math.fma((float) (1 - spec.beta2), g, (float) spec.beta2 * mean);
        }
    }
}
