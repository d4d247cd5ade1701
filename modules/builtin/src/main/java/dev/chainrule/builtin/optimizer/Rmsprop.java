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
 * The optimizer RMSprop, g = ∂C/∂w: s ← decay·s + (1 − decay)·g², then w ← w − η·g / (√s + epsilon), where s starts at
 * 0 and is computed as fma(1 − decay, g·g, decay·s).
 *
 * <p>Source: T. Tieleman, G. Hinton, "Lecture 6.5: rmsprop", Coursera, 2012; epsilon, which the lecture omits, is
 * outside the root.
 */
@Component("rmsprop")
@Doc("Divides each gradient by the running root mean square of its past.")
public record Rmsprop(
        @Doc("The learning rate η: a number or a schedule.") @Default("0.001")
        Schedule learningRate,

        @Doc("The share of the running mean of squares that is kept at each update: 0 or more and below 1.")
        @Default("0.9")
        double decay,

        @Doc("Added to the root, to avoid division by 0: above 0.") @Default("1e-8")
        double epsilon)
        implements OptimizerSpec {
    public Rmsprop {
        Checks.requireShare("decay", decay);
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
        private final Rmsprop spec;
        private double rate;

        Running(Rmsprop spec, List<Parameter> parameters, Kernels kernels) {
            super(parameters, kernels, "mean_square");
            this.spec = spec;
        }

        @Override
        protected void begin(long step, double learningRate) {
            rate = learningRate;
        }

        @Override
        public double parameter(double w, double g, double square, double unused) {
            return w - rate * g / (Math.sqrt(first(w, g, square, unused)) + spec.epsilon);
        }

        @Override
        public double first(double w, double g, double square, double unused) {
            return Math.fma(1 - spec.decay, g * g, spec.decay * square);
        }

        @Override
        public float parameter(float w, float g, float square, float unused) {
            return w - (float) rate * g / ((float) Math.sqrt(first(w, g, square, unused)) + (float) spec.epsilon);
        }

        @Override
        public float first(float w, float g, float square, float unused) {
            return Math.fma((float) (1 - spec.decay), g * g, (float) spec.decay * square);
        }
    }
}
