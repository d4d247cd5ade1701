package dev.chainrule.api;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Node;
import java.util.List;

/** The declaration of a layer in YAML; {@link #build} creates the nodes that compute it. */
public interface LayerSpec {
    /**
     * Build the nodes of this layer, first to last, with their parameters.
     *
     * @param context the input, and the source of parameters, buffers and random numbers
     * @return the nodes; none if nothing is computed
     * @throws InputException if the layer does not fit its input
     */
    List<Node> build(LayerContext context);
}
