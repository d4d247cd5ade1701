package dev.chainrule.api;

import dev.chainrule.math.Matrix;
import java.util.List;

/**
 * A read-only view of one layer after the last training step: its update included, but before the next forward pass.
 *
 * @param name of the layer: {@code dense_1}
 * @param parameters its parameters, with the gradients that the optimizer received; empty if it has none
 * @param inputs [batch, in] each, as its first stage reads them. Not to be modified.
 * @param stages its activations, first to last; none where nothing learned precedes them, since no gradient is computed there
 */
public record LayerState(String name, List<Parameter> parameters, List<Matrix> inputs, List<Stage> stages) {
    /**
     * Copy the lists.
     *
     * @param name of the layer
     * @param parameters its parameters
     * @param inputs its inputs
     * @param stages its activations
     */
    public LayerState {
        parameters = List.copyOf(parameters);
        inputs = List.copyOf(inputs);
        stages = List.copyOf(stages);
    }

    /**
     * One activation, a = σ(z).
     *
     * @param node the function as a stage of the network
     * @param z [batch, units]. Not to be modified.
     * @param a [batch, units]. Not to be modified.
     * @param delta [batch, units] ∂C/∂z (BP1, BP2), C averaged over the batch, without regularizers. Not to be modified.
     * @param fused whether the loss is fused with this function, so that delta has no factor σ′(z)
     */
    public record Stage(ActivationNode node, Matrix z, Matrix a, Matrix delta, boolean fused) {}
}
