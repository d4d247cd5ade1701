package dev.chainrule.api;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Value;

/** The declaration of a layer in YAML; {@link #build} creates the stages that compute it. */
public interface LayerSpec {
    /**
     * Add the stages of this layer to the network, in the order of computation, with their parameters.
     *
     * @param context the inputs, and the source of parameters, buffers and random numbers
     * @return the layer's output; its input if nothing is computed
     * @throws InputException if the layer does not fit its inputs
     */
    Value build(LayerContext context);
}
