package dev.chainrule.model.join;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.layer.Value;

/** Several values side by side. */
@Component("concat")
@Doc("Concatenates the outputs of the layers that from: lists, along the last axis.")
public record Concat() implements LayerSpec {
    @Override
    public Value build(LayerContext context) {
        return Joining.CONCAT.inputs(context);
    }
}
