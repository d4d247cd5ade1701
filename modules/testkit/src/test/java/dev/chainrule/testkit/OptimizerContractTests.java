package dev.chainrule.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.training.State;
import dev.chainrule.engine.contract.OptimizerContract;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gradient descent with momentum, with one fault at a time. */
class OptimizerContractTests {
    enum Fault {
        NONE,
        CLIMBS,
        STATE_FORGOTTEN,
        NOT_RESTORED,
        RESTORED_WITHOUT_COPYING,
        STATE_UNDER_CHANGING_NAMES,
        GRADIENT_MODIFIED,
        LAST_PARAMETER_LEFT_OUT,
        DIVIDES_BY_THE_GRADIENT,
        RATE_BELOW_ZERO
    }

    record Momentum(Fault fault) implements OptimizerSpec {
        @Override
        public Schedule learningRate() {
            return progress -> fault == Fault.RATE_BELOW_ZERO ? 0.1 - progress.step() : 0.1;
        }

        @Override
        public Optimizer create(List<Parameter> parameters, Kernels kernels) {
            return new Running(fault, parameters, kernels);
        }
    }

    private static final class Running implements Optimizer {
        private static int created;

        private final Fault fault;
        private final List<Parameter> parameters;
        private final Kernels kernels;
        private final List<Matrix> velocities = new ArrayList<>();
        private final int number = created++;

        Running(Fault fault, List<Parameter> parameters, Kernels kernels) {
            this.fault = fault;
            this.parameters = parameters;
            this.kernels = kernels;
            parameters.forEach(p ->
                    velocities.add(kernels.matrix(p.value().rows(), p.value().columns())));
        }

        @Override
        public void update(long step, double learningRate) {
            int last = parameters.size() - (fault == Fault.LAST_PARAMETER_LEFT_OUT ? 1 : 0);
            for (int i = 0; i < last; i++) {
                Parameter parameter = parameters.get(i);
                double rate = fault == Fault.CLIMBS ? -learningRate : learningRate;
                kernels.scale(0.5, velocities.get(i));
                kernels.addScaled(1, parameter.gradient(), velocities.get(i));
                kernels.addScaled(-rate, velocities.get(i), parameter.value());
                if (fault == Fault.GRADIENT_MODIFIED) {
                    kernels.scale(0.5, parameter.gradient());
                }
                if (fault == Fault.DIVIDES_BY_THE_GRADIENT) {
                    parameter.value().set(0, 0, 1 / parameter.gradient().get(0, 0));
                }
            }
        }

        @Override
        public void save(State to) {
            for (int i = 0; i < parameters.size() && fault != Fault.STATE_FORGOTTEN; i++) {
                to.put(slot(i), velocities.get(i));
            }
        }

        @Override
        public void restore(State from) {
            for (int i = 0; i < parameters.size(); i++) {
                switch (fault) {
                    case STATE_FORGOTTEN, NOT_RESTORED -> {}
                    case RESTORED_WITHOUT_COPYING -> velocities.set(i, from.matrix(slot(i)));
                    default -> velocities.get(i).copyFrom(from.matrix(slot(i)));
                }
            }
        }

        private String slot(int parameter) {
            String suffix = fault == Fault.STATE_UNDER_CHANGING_NAMES ? ".velocity" + number : ".velocity";
            return parameters.get(parameter).name() + suffix;
        }
    }

    @Test
    void check_rightOptimizer_findsNothing() {
        assertEquals(List.of(), OptimizerContract.check(new Momentum(Fault.NONE)));
    }

    @Test
    void check_eachFault_isFound() {
        found(Fault.CLIMBS, "½Σw² after 60 updates along its gradient: expected below .*, got .*");
        found(Fault.STATE_FORGOTTEN, "layer_1.weights after restoring at \\[0, 0]: .*");
        found(Fault.NOT_RESTORED, "layer_1.weights after restoring at \\[0, 0]: .*");
        found(Fault.RESTORED_WITHOUT_COPYING, "layer_1.weights after restoring at \\[0, 0]: .*");
        found(
                Fault.STATE_UNDER_CHANGING_NAMES,
                "names of saved matrices: expected \\[layer_1.weights.velocity.*, got .*");
        found(Fault.GRADIENT_MODIFIED, "gradient of layer_1.weights after update at \\[0, 0]: .*");
        found(Fault.LAST_PARAMETER_LEFT_OUT, "layer_3.weights after update: expected another value, got the same one");
        found(
                Fault.DIVIDES_BY_THE_GRADIENT,
                "layer_1.weights after a gradient of 0 at \\[0, 0]: expected a finite number, got .inf");
        found(
                Fault.RATE_BELOW_ZERO,
                "learning rate at step 1 of 6 epochs of 10 steps: expected a finite number, 0 or more, got -0.9");
    }

    private static void found(Fault fault, String pattern) {
        String text = OptimizerContract.check(new Momentum(fault)).get(0).text();
        assertTrue(text.matches(pattern), fault + ": " + text);
    }
}
