package dev.chainrule.api;

import dev.chainrule.math.Matrix;
import java.util.List;

/**
 * Show one layer as the last step of training left it, to read: its update included, but before the next forward pass.
 *
 * @param name of the layer: {@code dense_1}
 * @param parameters what it learns, with the gradients that the optimizer got; empty where it learns nothing
 * @param x [batch, in] what it took. Not to be modified.
 * @param stages its activations, first to last; none before the first layer that learns, where no gradient is computed
 */
public record LayerState(String name, List<Parameter> parameters, Matrix x, List<Stage> stages) {
    /**
     * Copy what could be modified.
     *
     * @param name of the layer
     * @param parameters what it learns
     * @param x what it took
     * @param stages its activations
     */
    public LayerState {
        parameters = List.copyOf(parameters);
        stages = List.copyOf(stages);
    }

    /**
     * Show one activation, a = σ(z).
     *
     * @param node the function in its place
     * @param z [batch, units]. Not to be modified.
     * @param a [batch, units]. Not to be modified.
     * @param delta [batch, units] ∂C/∂z (BP1, BP2), C averaged over the batch, without regularizers. Not to be modified.
     * @param fused whether the loss computes delta in one piece with this function, so that no factor σ′(z) is in it
     */
    public record Stage(ActivationNode node, Matrix z, Matrix a, Matrix delta, boolean fused) {}
}
