package dev.chainrule.model.network;

import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.training.State;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.Collection;
import java.util.List;

/**
 * The size of the state that an optimizer keeps between updates, known before any of it is allocated.
 *
 * <p>An optimizer does not report its size, so it is created for two small parameters and a straight line is laid through the
 * two sizes. This is exact for optimizers that keep a fixed number of values per parameter and a fixed number per value.
 *
 * @param perParameter values that it keeps per parameter of any size
 * @param perValue values that it keeps per value of a parameter
 */
public record OptimizerState(double perParameter, double perValue) {
    /** The state of no optimizer. */
    static final OptimizerState NONE = new OptimizerState(0, 0);

    private static final int SMALL = 16;
    private static final int LARGE = 32;

    /** Return the size of the state of an optimizer. */
    static OptimizerState of(OptimizerSpec optimizer, Kernels kernels) {
        double small = values(optimizer, kernels, SMALL);
        double large = values(optimizer, kernels, LARGE);
        double perValue = (large - small) / (LARGE * LARGE - SMALL * SMALL);
        return new OptimizerState(small - perValue * SMALL * SMALL, perValue);
    }

    /** Return the size with one more number for each value: its running average. */
    OptimizerState withAverages() {
        return new OptimizerState(perParameter, perValue + 1);
    }

    /** Return the number of values for parameters; untrained ones have none. */
    double values(Collection<Parameter> parameters) {
        double sum = 0;
        for (Parameter parameter : parameters) {
            if (parameter.trainable()) {
                sum += perParameter + perValue * parameter.value().size();
            }
        }
        return sum;
    }

    private static double values(OptimizerSpec optimizer, Kernels kernels, int side) {
        Parameter parameter = new Parameter("layer.weights", kernels.matrix(side, side), kernels.matrix(side, side));
        double sum = 0;
        for (Matrix tensor : State.of(optimizer.create(List.of(parameter), kernels))
                .matrices()
                .values()) {
            sum += tensor.size();
        }
        return sum;
    }
}
