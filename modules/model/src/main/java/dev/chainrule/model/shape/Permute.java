package dev.chainrule.model.shape;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Axis;
import java.util.List;

/**
 * A layer that puts the axes of an example in another order. Axes are named by their places, so that those of the output have the names
 * of the input's: the order [features, steps] makes the steps of a sequence its features, and the other way round.
 */
@Component("permute")
@Doc("Permutes the axes of an example and renames them by their new positions. [width, height, channels] "
        + "reflects an image in its diagonal.")
public record Permute(
        @Doc("All axes of the input, in their new order: steps and features, or height, width and channels.")
        List<Axis> axes)
        implements LayerSpec {
    public Permute {
        ParameterException.require(
                !axes.isEmpty() && axes.stream().distinct().count() == axes.size(), "axes", axes, "each axis once");
    }

    @Override
    public Value build(LayerContext context) {
        List<Axis> own = context.input().axes();
        if (own.size() != axes.size() || !own.containsAll(axes)) {
            throw new InputException(
                            "axes are " + axes + ", but the input is "
                                    + context.input().named(),
                            "Use each axis of the input once.")
                    .atConfig("axes");
        }
        return context.chain(new PermuteNode(context.input(), axes, context.kernels()));
    }
}
