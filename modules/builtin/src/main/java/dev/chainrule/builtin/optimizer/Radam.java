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
 * The optimizer RAdam, with m and v of {@link Adam}. With ρ∞ = 2/(1 − beta2) − 1 and ρ = ρ∞ − 2t·beta2ᵗ/(1 − beta2ᵗ), the update is
 * Adam's with its rate multiplied by √((ρ − 4)(ρ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ)) if ρ &gt; 5; else w ← w − η / (1 − beta1ᵗ)·m,
 * because v is still too uncertain.
 *
 * <p>Source: L. Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond", ICLR 2020, algorithm 2, which begins at
 * ρ &gt; 4; its authors' program and PyTorch begin at 5. Epsilon, which it omits, is that of Adam.
 */
@Component("radam")
@Doc("Adam that warms up by itself: its rate grows with the certainty of the mean of squares.")
public record Radam(
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
    private static final double SHORTEST = 5;

    public Radam {
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
        private boolean adaptive;

        Running(Radam spec, List<Parameter> parameters, Kernels kernels) {
            super(parameters, kernels, spec.beta1, spec.beta2, spec.epsilon, "mean", "mean_square");
        }

        @Override
        protected void begin(long step, double learningRate) {
            super.begin(step, learningRate);
            double limit = 2 / (1 - beta2) - 1;
            double power = StrictMath.pow(beta2, step + 1);
            double length = limit - 2 * (step + 1) * power / (1 - power);
            adaptive = length > SHORTEST;
            if (adaptive) {
                rate *= Math.sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length));
            }
        }

        @Override
        public double parameter(double w, double g, double mean, double square) {
            double move = rate * first(w, g, mean, square);
            return w - (adaptive ? move / divisor(w, g, mean, square) : move);
        }

        @Override
        public float parameter(float w, float g, float mean, float square) {
            float move = (float) rate * first(w, g, mean, square);
            return w - (adaptive ? move / divisor(w, g, mean, square) : move);
        }
    }
}
