package dev.chainrule.model.shape;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;

/**
 * A layer that turns an example of any shape into one row of features. Only the shape changes: the elements keep their
 * order.
 */
@Component("flatten")
@Doc("Reshapes an example of several dimensions, such as an image, to one row of features.")
public record Flatten() implements LayerSpec {
    @Override
    public Value build(LayerContext context) {
        return context.chain(new ReshapeNode("flatten", Shape.of(context.input().size())));
    }
}
