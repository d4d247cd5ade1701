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
 * The optimizer AdaMax, with m of {@link Adam}: u ← max(beta2·u, |g|), then w ← w − η / (1 − beta1ᵗ)·m / (u + epsilon), where u
 * starts at 0.
 *
 * <p>Source: D. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 2, which also gives the defaults;
 * epsilon, which it omits, keeps u from 0.
 */
@Component("adamax")
@Doc("Adam that divides by the largest magnitude of each gradient's recent past instead of its root mean square.")
public record Adamax(
        @Doc("The learning rate η: a number or a schedule.") @Default("0.002")
        Schedule learningRate,

        @Doc("The share of the running mean of gradients that is kept at each update: 0 or more and below 1.")
        @Default("0.9")
        double beta1,

        @Doc("The share of the largest magnitude that is kept at each update: 0 or more and below 1.") @Default("0.999")
        double beta2,

        @Doc("Added to the largest magnitude, to avoid division by 0: above 0.") @Default("1e-8")
        double epsilon)
        implements OptimizerSpec {
    public Adamax {
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
        Running(Adamax spec, List<Parameter> parameters, Kernels kernels) {
            super(parameters, kernels, spec.beta1, spec.beta2, spec.epsilon, "mean", "largest");
        }

        @Override
        public double parameter(double w, double g, double mean, double largest) {
            return w - rate * first(w, g, mean, largest) / (second(w, g, mean, largest) + epsilon);
        }

        @Override
        public double second(double w, double g, double mean, double largest) {
            return Math.max(beta2 * largest, Math.abs(g));
        }

        @Override
        public float parameter(float w, float g, float mean, float largest) {
            return w - (float) rate * first(w, g, mean, largest) / (second(w, g, mean, largest) + (float) epsilon);
        }

        @Override
        public float second(float w, float g, float mean, float largest) {
            return Math.max((float) beta2 * largest, Math.abs(g));
        }
    }
}
