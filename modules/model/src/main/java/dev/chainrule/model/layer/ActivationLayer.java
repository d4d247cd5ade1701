package dev.chainrule.model.layer;

import dev.chainrule.api.Activation;
import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.layer.Value;

/** An activation on its own, as after a batch_norm. */
@Component("activation")
@Doc("Applies an activation on its own, when it does not directly follow a dense layer.")
public record ActivationLayer(@Doc("The function to apply.") Activation function) implements LayerSpec {
    @Override
    public Value build(LayerContext context) {
        return context.chain(new ActivationNode(function, context.input(), context.kernels()));
    }
}
