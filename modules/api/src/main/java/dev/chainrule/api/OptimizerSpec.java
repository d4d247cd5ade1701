package dev.chainrule.api;

import dev.chainrule.api.training.Optimizer;
import dev.chainrule.math.Kernels;
import java.util.List;

/** The declaration of an optimizer in YAML. */
public interface OptimizerSpec {
    /** {@return η as a function of the progress of the run} */
    Schedule learningRate();

    /** {@return the learning rate at and above which updates make no sense for any model; ∞ if there is no such rate} */
    default double divergingRate() {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * {@return whether an update computes the cost at several points, by {@link dev.chainrule.api.training.Cost}; false by default} Then
     * each batch must have all examples, and nothing in a config may change the cost from step to step.
     */
    default boolean usesCost() {
        return false;
    }

    /**
     * Create the optimizer of one run, or one for each group of parameters that have the same learning rate factor.
     *
     * @param parameters trainable ones, in the network's order
     * @param kernels the arithmetic, of the precision of the matrices
     * @return a new optimizer
     */
    Optimizer create(List<Parameter> parameters, Kernels kernels);
}
