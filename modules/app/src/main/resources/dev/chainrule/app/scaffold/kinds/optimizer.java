package @package@;

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

@Component("@name@")
@Doc("Gradient descent with momentum: v ← momentum·v + ∂C/∂w, then w ← w - η·v.")
public record @Name@(
        @Doc("The learning rate η: a number or a schedule.") @Default("0.1") Schedule learningRate,
        @Doc("The share of v that is kept at each update.") @Default("0.9") double momentum)
        implements OptimizerSpec {
    @Override
    public Optimizer create(List<Parameter> parameters, Kernels kernels) {
        return new Momentum(momentum, parameters, kernels);
    }

    /** Its state is v. Without the float forms, float32 is computed in float64 and rounded, which takes many times as long. */
    private static final class Momentum extends ElementwiseOptimizer {
        private final double momentum;
        private double rate;

        Momentum(double momentum, List<Parameter> parameters, Kernels kernels) {
            super(parameters, kernels, "velocity");
            this.momentum = momentum;
        }

        @Override
        protected void begin(long step, double learningRate) {
            rate = learningRate;
        }

        @Override
        public double parameter(double w, double g, double v, double unused) {
            return w - rate * first(w, g, v, unused);
        }

        @Override
        public double first(double w, double g, double v, double unused) {
            return momentum * v + g;
        }

        @Override
        public float parameter(float w, float g, float v, float unused) {
            return w - (float) rate * first(w, g, v, unused);
        }

        @Override
        public float first(float w, float g, float v, float unused) {
            return (float) momentum * v + g;
        }
    }
}
