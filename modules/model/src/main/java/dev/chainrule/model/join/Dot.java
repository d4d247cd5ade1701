package dev.chainrule.model.join;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.layer.Value;

/** The dot product of two values. */
@Component("dot")
@Doc("Multiplies the outputs of the two layers that from: lists and sums along the last axis: one number per example, "
        + "per step of a sequence or per pixel.")
public record Dot() implements LayerSpec {
    @Override
    public Value build(LayerContext context) {
        return Joining.DOT.inputs(context);
    }
}
