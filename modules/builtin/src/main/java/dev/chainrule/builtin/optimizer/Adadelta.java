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
 * The optimizer Adadelta, g = ∂C/∂w: s ← decay·s + (1 − decay)·g², x = √(d + epsilon) / √(s + epsilon)·g,
 * d ← decay·d + (1 − decay)·x², then w ← w − η·x. s and d start at 0; both means fuse the product with 1 − decay.
 *
 * <p>Source: M. Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012, algorithm 1, which has η = 1.
 */
@Component("adadelta")
@Doc("Divides each gradient by the running root mean square of its past, and multiplies it by that of the past updates,"
        + " so that the learning rate is usually 1.")
public record Adadelta(
        @Doc("The learning rate η: a number or a schedule.") @Default("1")
        Schedule learningRate,

        @Doc("The share of both running means of squares that is kept at each update: 0 or more and below 1.")
        @Default("0.95")
        double decay,

        @Doc("Added to both means, to avoid division by 0 and to allow a first update: above 0.") @Default("1e-6")
        double epsilon)
        implements OptimizerSpec {
    public Adadelta {
        Checks.requireShare("decay", decay);
        Checks.requireEpsilon(epsilon);
    }

    @Override
    public Optimizer create(List<Parameter> parameters, Kernels kernels) {
        return new Running(this, parameters, kernels);
    }

    private static final class Running extends ElementwiseOptimizer {
        private final Adadelta spec;
        private double rate;

        Running(Adadelta spec, List<Parameter> parameters, Kernels kernels) {
            super(parameters, kernels, "mean_square", "mean_square_update");
            this.spec = spec;
        }

        @Override
        protected void begin(long step, double learningRate) {
            rate = learningRate;
        }

        private double move(double g, double square, double update) {
            return Math.sqrt(update + spec.epsilon) / Math.sqrt(first(0, g, square, update) + spec.epsilon) * g;
        }

        private float move(float g, float square, float update) {
            float epsilon = (float) spec.epsilon;
            return (float) Math.sqrt(update + epsilon) / (float) Math.sqrt(first(0, g, square, update) + epsilon) * g;
        }

        @Override
        public double parameter(double w, double g, double square, double update) {
            return Math.fma(-rate, move(g, square, update), w);
        }

        @Override
        public double first(double w, double g, double square, double update) {
            return Math.fma(1 - spec.decay, g * g, spec.decay * square);
        }

        @Override
        public double second(double w, double g, double square, double update) {
            double move = move(g, square, update);
            return Math.fma(1 - spec.decay, move * move, spec.decay * update);
        }

        @Override
        public float parameter(float w, float g, float square, float update) {
            return Math.fma((float) -rate, move(g, square, update), w);
        }

        @Override
        public float first(float w, float g, float square, float update) {
            return Math.fma((float) (1 - spec.decay), g * g, (float) spec.decay * square);
        }

        @Override
        public float second(float w, float g, float square, float update) {
            float move = move(g, square, update);
            return Math.fma((float) (1 - spec.decay), move * move, (float) spec.decay * update);
        }
    }
}
