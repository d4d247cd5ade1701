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
import dev.chainrule.math.UpdateRule;
import java.util.List;

/**
 * The optimizer AMSGrad, with m and v of {@link Adam}: u ← max(u, v), then w ← w − η / (1 − beta1ᵗ)·m / (√u / √(1 − beta2ᵗ) + epsilon),
 * where u starts at 0.
 *
 * <p>Source: S. Reddi, S. Kale, S. Kumar, "On the Convergence of Adam and Beyond", ICLR 2018, algorithm 2, with the corrections of
 * Adam as in PyTorch.
 */
@Component("amsgrad")
@Doc("Adam that divides by the largest mean of squares so far, so that the steps of a weight never grow.")
public record AmsGrad(
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
    public AmsGrad {
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
        private final UpdateRule squares;

        Running(AmsGrad spec, List<Parameter> parameters, Kernels kernels) {
            super(
                    parameters,
                    kernels,
                    spec.beta1,
                    spec.beta2,
                    spec.epsilon,
                    "mean",
                    "largest_mean_square",
                    "mean_square");
            squares = new Squares(spec.beta2);
        }

        @Override
        protected void update(Parameter parameter, Matrix[] states, Kernels kernels) {
            kernels.update(squares, states[1], parameter.gradient(), states[2]);
            super.update(parameter, states, kernels);
        }

        @Override
        public double parameter(double w, double g, double mean, double largest) {
            return w - rate * first(w, g, mean, largest) / divisor(w, g, mean, largest);
        }

        /** Return the largest mean as it is, because {@link Squares} has updated it. */
        @Override
        public double second(double w, double g, double mean, double largest) {
            return largest;
        }

        @Override
        public float parameter(float w, float g, float mean, float largest) {
            return w - (float) rate * first(w, g, mean, largest) / divisor(w, g, mean, largest);
        }

        @Override
        public float second(float w, float g, float mean, float largest) {
            return largest;
        }
    }

    /** The update of the largest mean of squares, which the kernels take for a parameter, and of the mean. */
    private record Squares(double beta2) implements UpdateRule {
        @Override
        public double parameter(double largest, double g, double square, double unused) {
            return Math.max(largest, first(largest, g, square, unused));
        }

        @Override
        public double first(double largest, double g, double square, double unused) {
            return Math.fma(1 - beta2, g * g, beta2 * square);
        }

        @Override
        public float parameter(float largest, float g, float square, float unused) {
            return Math.max(largest, first(largest, g, square, unused));
        }

        @Override
        public float first(float largest, float g, float square, float unused) {
            return Math.fma((float) (1 - beta2), g * g, (float) beta2 * square);
        }
    }
}
