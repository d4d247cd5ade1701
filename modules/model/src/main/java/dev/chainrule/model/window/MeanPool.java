package dev.chainrule.model.window;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Patches;
import java.util.List;
import java.util.Optional;

/**
 * Mean pooling: out[y, x, c] = Σ_{a, b} input[y·s + a − p, x·s + b − p, c] / n, over the n places of the window within the input, as in
 * Keras; PyTorch counts those in the padding, too. Places at the end that do not fill a window are left out, unless padding covers them.
 *
 * <p>Source: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-Based Learning Applied to Document Recognition", Proceedings of the
 * IEEE 86(11), 1998, section II.B; there the mean is multiplied by a weight, and a bias is added.
 */
@Component("mean_pool")
@Doc("Passes on the mean of each channel in a window that slides over an image or a sequence.")
public record MeanPool(
        @Doc("The size of the window: a number, or [height, width].")
        OneOrMore<Integer> size,

        @Doc(
                "The distance between two positions of the window: a number, or [vertical, horizontal]. By default the size, so "
                        + "that windows do not overlap.")
        Optional<OneOrMore<Integer>> stride,

        @Doc(
                "The padding around the input, which is not part of any mean: none, same (an output as large as the input, "
                        + "divided by the stride), or a number for each side.")
        @Default("none")
        Padding padding)
        implements LayerSpec {
    public MeanPool {
        Sliding.require("size", size);
        stride.ifPresent(given -> Sliding.require("stride", given));
    }

    @Override
    public Value build(LayerContext context) {
        Shape input = context.input();
        Patches patches =
                new Sliding("mean_pool", size, stride.orElse(size), new OneOrMore<>(List.of(1)), padding).over(input);
        Shape output = Sliding.output(input, patches, patches.channels());
        return context.chain(new MeanPoolNode("mean_pool", patches, output, context.kernels()));
    }
}
