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
 * Maximum pooling: out[y, x, c] = max_{a, b} input[y·s + a − p, x·s + b − p, c] over the places within the input. Places at the end that
 * do not fill a window are left out, unless padding covers them. The gradient goes to the first of equal maxima.
 *
 * <p>Source: M. Ranzato, F. J. Huang, Y.-L. Boureau, Y. LeCun, "Unsupervised Learning of Invariant Feature Hierarchies with Applications
 * to Object Recognition", CVPR 2007, section 2.
 */
@Component("max_pool")
@Doc("Passes on the largest number of each channel in a window that slides over an image or a sequence.")
public record MaxPool(
        @Doc("The size of the window: a number, or [height, width].")
        OneOrMore<Integer> size,

        @Doc(
                "The distance between two positions of the window: a number, or [vertical, horizontal]. By default the size, so "
                        + "that windows do not overlap.")
        Optional<OneOrMore<Integer>> stride,

        @Doc(
                "The padding around the input, which is not part of any maximum: none, same (an output as large as the input, "
                        + "divided by the stride), or a number for each side.")
        @Default("none")
        Padding padding)
        implements LayerSpec {
    public MaxPool {
        Sliding.require("size", size);
        stride.ifPresent(given -> Sliding.require("stride", given));
    }

    @Override
    public Value build(LayerContext context) {
        Shape input = context.input();
        Patches patches =
                new Sliding("max_pool", size, stride.orElse(size), new OneOrMore<>(List.of(1)), padding).over(input);
        Shape output = Sliding.output(input, patches, patches.channels());
        return context.chain(new MaxPoolNode("max_pool", patches, output, context.kernels()));
    }
}
