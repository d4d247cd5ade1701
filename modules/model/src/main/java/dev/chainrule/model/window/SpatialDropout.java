package dev.chainrule.model.window;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Value;

/**
 * Random dropping of whole channels during training: out = x ⊙ mask, where the mask of a channel is 0 at all places with probability
 * rate, else 1 / (1 − rate). Neighbours in a channel are so alike that single ones would not be missed.
 *
 * <p>Source: J. Tompson, R. Goroshin, A. Jain, Y. LeCun, C. Bregler, "Efficient Object Localization Using Convolutional Networks", CVPR
 * 2015, section 3.2.
 */
@Component("spatial_dropout")
@Doc("Sets whole channels of images, or features of sequences, to 0 at random while training, and scales the rest by "
        + "1 / (1 - rate). Does nothing at inference.")
public record SpatialDropout(
        @Doc("The share of channels dropped: 0 or more and below 1.")
        double rate) implements LayerSpec {
    public SpatialDropout {
        ParameterException.require(rate >= 0 && rate < 1, "rate", rate, "0 or more and below 1");
    }

    @Override
    public Value build(LayerContext context) {
        Sliding.requireImageOrSequence("spatial_dropout drops channels of images or sequences", context.input());
        return context.chain(new SpatialDropoutNode(rate, context.input(), context.stream("mask"), context.kernels()));
    }
}
