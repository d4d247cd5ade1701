package dev.chainrule.model.join;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.layer.Value;

/** The sum of several values. */
@Component("add")
@Doc("Adds the outputs of the layers that from: lists, which must have the same shape.")
public record Add() implements LayerSpec {
    @Override
    public Value build(LayerContext context) {
        return Joining.ADD.inputs(context);
    }
}
