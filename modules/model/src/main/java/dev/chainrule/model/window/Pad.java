package dev.chainrule.model.window;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.OneOrMore;

/** A layer that puts zeros around an image, or before and after the steps of a sequence. */
@Component("pad")
@Doc("Puts zeros around an image, or before and after the steps of a sequence.")
public record Pad(
        @Doc("Zeros before the first row and column, or step: a number, or [top, left].") @Default("0")
        OneOrMore<Integer> before,

        @Doc("Zeros after the last row and column, or step: a number, or [bottom, right].") @Default("0")
        OneOrMore<Integer> after)
        implements LayerSpec {
    public Pad {
        Edges.require("before", before);
        Edges.require("after", after);
    }

    @Override
    public Value build(LayerContext context) {
        return context.chain(new Edges("pad", before, after).pad(context.input()));
    }
}
