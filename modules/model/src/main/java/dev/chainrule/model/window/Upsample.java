package dev.chainrule.model.window;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.Shape;
import java.util.List;

/** A layer that repeats each pixel of an image, or each step of a sequence: out[y, x, c] = input[⌊y / size⌋, ⌊x / size⌋, c]. */
@Component("upsample")
@Doc("Repeats each pixel of an image in both directions, or each step of a sequence, so that it becomes larger.")
public record Upsample(
        @Doc("How often each pixel or step is repeated: a number, or [height, width].")
        OneOrMore<Integer> size) implements LayerSpec {
    public Upsample {
        Sliding.require("size", size);
    }

    @Override
    public Value build(LayerContext context) {
        Shape input = context.input();
        OneOrMore<Integer> one = new OneOrMore<>(List.of(1));
        Sliding sliding = new Sliding("upsample", size, size, one, Padding.parse("none"));
        sliding.requireAxes(input);
        int channels = input.dimensions().get(input.dimensions().size() - 1);
        Shape output = sliding.under(input, channels);
        return context.chain(new UpsampleNode(input, output, sliding.over(output), context.kernels()));
    }
}
