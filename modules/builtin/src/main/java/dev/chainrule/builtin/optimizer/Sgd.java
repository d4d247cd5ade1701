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
 * Stochastic gradient descent, g = ∂C/∂w:
 *
 * <ul>
 *   <li>without momentum w ← w − η·g (Nielsen, chapter 1, equations 20 and 21);
 *   <li>with momentum v ← momentum·v + g, then w ← w − η·v (B. Polyak, "Some methods of speeding up the convergence of
 *       iteration methods", 1964). As in PyTorch and unlike Keras and Nielsen, η is not part of v: for a constant η the
 *       updates are the same, and a schedule takes effect at once;
 *   <li>with nesterov v ← momentum·v + g, then w ← w − η·(momentum·v + g) with the new v (I. Sutskever, J. Martens, G. Dahl, G.
 *       Hinton, "On the importance of initialization and momentum in deep learning", ICML 2013, in the variables of the
 *       looked-ahead point).
 * </ul>
 *
 * <p>Each product is fused with the addition after it. v starts at 0.
 */
@Component("sgd")
@Doc("Stochastic gradient descent: w ← w - η·∂C/∂w, with optional momentum.")
public record Sgd(
        @Doc("The learning rate η: a number or a schedule.") Schedule learningRate,

        @Doc("The share of the velocity that is kept at each update: 0 or more and below 1; 0 for none.") @Default("0")
        double momentum,

        @Doc("Whether to look ahead along the velocity; requires momentum.") @Default("false")
        boolean nesterov)
        implements OptimizerSpec {
    public Sgd {
        Checks.requireShare("momentum", momentum);
        ParameterException.require(!nesterov || momentum > 0, "nesterov", nesterov, "false if momentum is 0");
    }

    @Override
    public Optimizer create(List<Parameter> parameters, Kernels kernels) {
        return momentum == 0
                ? new Plain(parameters.toArray(Parameter[]::new), kernels)
                : new WithMomentum(this, parameters, kernels);
    }

    private record Plain(Parameter[] parameters, Kernels kernels) implements Optimizer {
        @Override
        public void update(long step, double learningRate) {
            for (Parameter parameter : parameters) {
                kernels.addScaled(-learningRate, parameter.gradient(), parameter.value());
            }
        }
    }

    private static final class WithMomentum extends ElementwiseOptimizer {
        private final Sgd spec;
        private double rate;

        WithMomentum(Sgd spec, List<Parameter> parameters, Kernels kernels) {
            super(parameters, kernels, "velocity");
            this.spec = spec;
        }

        @Override
        protected void begin(long step, double learningRate) {
            rate = learningRate;
        }

        @Override
        public double parameter(double w, double g, double velocity, double unused) {
            double v = first(w, g, velocity, unused);
            return Math.fma(-rate, spec.nesterov ? Math.fma(spec.momentum, v, g) : v, w);
        }

        @Override
        public double first(double w, double g, double velocity, double unused) {
            return Math.fma(spec.momentum, velocity, g);
        }

        @Override
        public float parameter(float w, float g, float velocity, float unused) {
            float v = first(w, g, velocity, unused);
            return Math.fma((float) -rate, spec.nesterov ? Math.fma((float) spec.momentum, v, g) : v, w);
        }

        @Override
        public float first(float w, float g, float velocity, float unused) {
            return Math.fma((float) spec.momentum, velocity, g);
        }
    }
}
