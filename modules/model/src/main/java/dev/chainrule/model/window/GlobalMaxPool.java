package dev.chainrule.model.window;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Patches;

/**
 * The greatest number of each channel over all pixels of an image, or of each feature over all steps of a sequence.
 *
 * <p>Source: M. Lin, Q. Chen, S. Yan, "Network in Network", ICLR 2014, section 3.2, which takes means.
 */
@Component("global_max_pool")
@Doc("Passes on the largest number of each channel of an image, or of each feature of a sequence.")
public record GlobalMaxPool() implements LayerSpec {
    @Override
    public Value build(LayerContext context) {
        Patches whole = Sliding.whole("global_max_pool", context.input());
        return context.chain(new MaxPoolNode("global_max_pool", whole, Shape.of(whole.channels()), context.kernels()));
    }
}
