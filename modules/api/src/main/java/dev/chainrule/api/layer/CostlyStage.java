package dev.chainrule.api.layer;

import dev.chainrule.math.Matrix;

/**
 * The part of a {@link Stage} that adds a cost to the objective, such as a penalty on large activations. Training minimises the mean
 * cost of the loss plus the mean of these costs, each over the examples of the batch. A stage implements this besides {@link Node} or
 * {@link Join}.
 *
 * <p>In a training pass, {@code forward} computes the costs, and {@code backward} adds their gradient, divided by the number of
 * examples in the batch, {@link Pass#batch}, to the gradient of the loss that it computes from delta. In other passes both leave them
 * out.
 */
public interface CostlyStage {
    /** {@return a short name of the cost, for messages: {@code KL divergence}} */
    String costLabel();

    /** {@return the cost of each example [batch, 1] in the last training pass} Not modified by the caller; valid until the next pass. */
    Matrix costs();
}
