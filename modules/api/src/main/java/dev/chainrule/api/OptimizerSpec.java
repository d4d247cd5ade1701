package dev.chainrule.api;

import dev.chainrule.math.Kernels;
import java.util.List;

/** Describe an optimizer as YAML declares it. */
public interface OptimizerSpec {
    /** {@return η as a function of the progress of the run} */
    Schedule learningRate();

    /** {@return the learning rate from which on updates make no sense, whatever is learned; ∞ where that depends} */
    default double tooLargeRate() {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * Create the optimizer of one run.
     *
     * @param parameters the trainable ones, in the network's order
     * @param kernels the arithmetic, of the precision of the matrices
     * @return a new optimizer
     */
    Optimizer create(List<Parameter> parameters, Kernels kernels);
}
