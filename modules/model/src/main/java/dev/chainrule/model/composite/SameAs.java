package dev.chainrule.model.composite;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.layer.Value;

/** A layer above once more, on another input: both compute with the same parameters, whose gradient is the sum over all uses. */
@Component("same_as")
@Doc("Applies a layer above again, with the same parameters, to another input.")
public record SameAs(@Doc("The name of that layer.") String layer) implements LayerSpec {
    @Override
    public Value build(LayerContext context) {
        return context.same(layer);
    }
}
