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
 * The optimizer AdaGrad, g = ∂C/∂w: s ← s + g², then w ← w − η·g / (√s + epsilon), where s starts at 0 and is computed as
 * fma(g, g, s).
 *
 * <p>Source: J. Duchi, E. Hazan, Y. Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization", Journal of
 * Machine Learning Research 12, 2011, figure 1 with the diagonal matrix.
 */
@Component("adagrad")
@Doc("Divides each gradient by the root of the sum of all its squares so far: rare inputs keep a high rate.")
public record Adagrad(
        @Doc("The learning rate η: a number or a schedule.") @Default("0.01")
        Schedule learningRate,

        @Doc("Added to the root, to avoid division by 0: above 0.") @Default("1e-10")
        double epsilon)
        implements OptimizerSpec {
    public Adagrad {
        Checks.requireEpsilon(epsilon);
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
        private final Adagrad spec;
        private double rate;

        Running(Adagrad spec, List<Parameter> parameters, Kernels kernels) {
            super(parameters, kernels, "sum_of_squares");
            this.spec = spec;
        }

        @Override
        protected void begin(long step, double learningRate) {
            rate = learningRate;
        }

        @Override
        public double parameter(double w, double g, double sum, double unused) {
            return w - rate * g / (Math.sqrt(first(w, g, sum, unused)) + spec.epsilon);
        }

        @Override
        public double first(double w, double g, double sum, double unused) {
            return Math.fma(g, g, sum);
        }

        @Override
        public float parameter(float w, float g, float sum, float unused) {
            return w - (float) rate * g / ((float) Math.sqrt(first(w, g, sum, unused)) + (float) spec.epsilon);
        }

        @Override
        public float first(float w, float g, float sum, float unused) {
            return Math.fma(g, g, sum);
        }
    }
}
