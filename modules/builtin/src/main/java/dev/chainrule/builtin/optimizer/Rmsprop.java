package dev.chainrule.builtin.optimizer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.SortedMap;

/**
 * The optimizer RMSprop, g = ∂C/∂w: s ← decay·s + (1 − decay)·g², then w ← w − η·g / (√s + epsilon), where s starts at
 * 0 ({@link Kernels#updateRmsprop}).
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
        ParameterException.require(decay >= 0 && decay < 1, "decay", decay, "0 or more and below 1");
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

    private static final class Running implements Optimizer {
        private final Rmsprop spec;
        private final Parameter[] parameters;
        private final Kernels kernels;
        private final Slots slots;
        private final Matrix[] meanSquares;

        Running(Rmsprop spec, List<Parameter> parameters, Kernels kernels) {
            this.spec = spec;
            this.parameters = parameters.toArray(Parameter[]::new);
            this.kernels = kernels;
            this.slots = new Slots(parameters, kernels);
            this.meanSquares = slots.create("mean_square");
        }

        @Override
        public void update(long step, double learningRate) {
            for (int i = 0; i < parameters.length; i++) {
                Parameter parameter = parameters[i];
                kernels.updateRmsprop(
                        parameter.value(),
                        parameter.gradient(),
                        meanSquares[i],
                        learningRate,
                        spec.decay,
                        spec.epsilon);
            }
        }

        @Override
        public SortedMap<String, Matrix> state() {
            return slots.byName();
        }
    }
}
