package dev.chainrule.api;

import dev.chainrule.math.Matrix;
import java.util.SortedMap;

/** Update parameters from their gradients. */
public interface Optimizer {
    /**
     * Update every parameter it was created with.
     *
     * @param step the number of this update, from 0
     * @param learningRate η of this update
     */
    void update(long step, double learningRate);

    /** {@return everything it remembers between updates, by name: {@code dense_1.weights.velocity}} Saved and restored. */
    SortedMap<String, Matrix> state();
}
