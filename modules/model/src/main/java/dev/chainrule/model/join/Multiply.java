package dev.chainrule.model.join;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.layer.Value;

/** The product of several values. */
@Component("multiply")
@Doc("Multiplies the outputs of the layers that from: lists, element by element; they must have the same shape.")
public record Multiply() implements LayerSpec {
    @Override
    public Value build(LayerContext context) {
        return Joining.MULTIPLY.inputs(context);
    }
}
