package dev.chainrule.api.training;

import dev.chainrule.math.Matrix;
import java.util.SortedMap;

/** The updater of a run's parameters, from their gradients. */
public interface Optimizer {
    /**
     * Update every parameter.
     *
     * @param step the number of this update, from 0
     * @param learningRate η of this update
     */
    void update(long step, double learningRate);

    /**
     * {@return everything it remembers between updates, by name: {@code dense_1.weights.velocity}} Saved in checkpoints and
     * restored from them.
     */
    SortedMap<String, Matrix> state();
}
