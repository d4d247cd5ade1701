package dev.chainrule.api;

import java.util.List;

/** Describe a layer as YAML declares it; {@link #build} makes the nodes that compute it. */
public interface LayerSpec {
    /**
     * Build the nodes of this layer, first to last, with their parameters.
     *
     * @param context the input, and where parameters, buffers and random numbers come from
     * @return the nodes; none where nothing is computed
     * @throws InputException if the layer does not fit its input
     */
    List<Node> build(LayerContext context);
}
