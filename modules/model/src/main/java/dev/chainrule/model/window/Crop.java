package dev.chainrule.model.window;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.OneOrMore;

/** A layer that leaves out the edges of an image, or the first and last steps of a sequence. */
@Component("crop")
@Doc("Leaves out the edges of an image, or the first and last steps of a sequence.")
public record Crop(
        @Doc("Places left out before the first row and column, or step: a number, or [top, left].") @Default("0")
        OneOrMore<Integer> before,

        @Doc("Places left out after the last row and column, or step: a number, or [bottom, right].") @Default("0")
        OneOrMore<Integer> after)
        implements LayerSpec {
    public Crop {
        Edges.require("before", before);
        Edges.require("after", after);
    }

    @Override
    public Value build(LayerContext context) {
        return context.chain(new Edges("crop", before, after).crop(context.input()));
    }
}
