package dev.chainrule.model.window;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Regularizer;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.model.layer.Trainable;
import java.util.Optional;

/**
 * A convolution of each channel alone: a {@link Conv} with as many groups as channels. Filters c·multiplier … (c + 1)·multiplier − 1
 * see channel c.
 *
 * <p>Source: L. Sifre, "Rigid-Motion Scattering for Image Classification", thesis, École Polytechnique, 2014, section 6.2; A. Howard and
 * others, "MobileNets", 2017, equation 3.
 */
@Component("depthwise_conv")
@Doc("Slides filters over each channel of an image, or each feature of a sequence, alone.")
public record DepthwiseConv(
        @Doc("The size of the window: a number, or [height, width].")
        OneOrMore<Integer> size,

        @Doc("The number of filters for each channel: 1 or more.") @Default("1")
        int multiplier,

        @Doc("The distance between two positions of the window: a number, or [vertical, horizontal].") @Default("1")
        OneOrMore<Integer> stride,

        @Doc("The zeros around the input: none, same (an output as large as the input, divided by the stride), or a "
                + "number for each side.")
        @Default("none")
        Padding padding,

        @Doc("The distance between two neighbours in the window: a number, or [vertical, horizontal].") @Default("1")
        OneOrMore<Integer> dilation,

        @Doc("The function σ applied to x·w + b.") @Default("identity")
        Activation activation,

        @Doc("The initial weights [height·width, channels·multiplier].") @Default("xavier_uniform")
        Initializer weights,

        @Doc("The initial biases [1, channels·multiplier].") @Default("zeros")
        Initializer biases,

        @Doc("The term of the cost for the weights; biases are never regularised.")
        Optional<Regularizer> regularizer,

        @Doc("The parameters that learn: true (both), false (neither), weights or biases.") @Default("true")
        Trainable trainable,

        @Doc("Whether to add biases.") @Default("true") boolean useBias)
        implements LayerSpec {
    public DepthwiseConv {
        ParameterException.require(multiplier >= 1, "multiplier", multiplier, "1 or more");
        Sliding.require("size", size);
        Sliding.require("stride", stride);
        Sliding.require("dilation", dilation);
        trainable.requireBiases(useBias);
    }

    @Override
    public Value build(LayerContext context) {
        int channels = new Sliding("depthwise_conv", size, stride, dilation, padding)
                .over(context.input())
                .channels();
        Conv conv = new Conv(
                filters(channels, multiplier),
                size,
                stride,
                padding,
                dilation,
                channels,
                activation,
                weights,
                biases,
                regularizer,
                trainable,
                useBias);
        return conv.build(context);
    }

    /** Return channels·multiplier. */
    static int filters(int channels, int multiplier) {
        if ((long) channels * multiplier > Integer.MAX_VALUE) {
            throw new InputException(
                            "multiplier is " + multiplier + ", which gives the " + channels
                                    + " channels more filters than an example can have",
                            "Use a smaller number.")
                    .atConfig("multiplier");
        }
        return channels * multiplier;
    }
}
