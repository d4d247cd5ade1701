package dev.chainrule.model.window;

import dev.chainrule.api.Activation;
import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Regularizer;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Patches;
import dev.chainrule.model.layer.Trainable;
import java.util.Optional;

/**
 * A transposed convolution, which makes images larger: each pixel of the input, times the weights, is added to the places of its window
 * in the output, z = Σ patches(x·w) + b, then a = σ(z). It computes as a {@link Conv} with the same window passes gradients back.
 *
 * <p>Parameters: weights [channels, height·width·filters], the columns in the order (a, b, f), and biases [1, filters]. The fan-in is
 * channels·height·width, the fan-out height·width·filters. With size e (dilated), stride s and padding p, n places become
 * (n − 1)·s + e − 2p, or n·s with padding {@code same}, as in Keras.
 *
 * <p>Source: M. Zeiler, D. Krishnan, G. Taylor, R. Fergus, "Deconvolutional Networks", CVPR 2010, section 3; V. Dumoulin, F. Visin, "A
 * Guide to Convolution Arithmetic for Deep Learning", 2016, chapter 4.
 */
@Component("transposed_conv")
@Doc("Adds each pixel or step, times weights, to a window of a larger output: the reverse of a convolution's steps.")
public record TransposedConv(
        @Doc("The number of filters, which is the number of output channels: 1 or more.")
        int filters,

        @Doc("The size of the window: a number, or [height, width].")
        OneOrMore<Integer> size,

        @Doc("The distance between two positions of the window in the output: a number, or [vertical, horizontal].")
        @Default("1")
        OneOrMore<Integer> stride,

        @Doc(
                "The places left out around the output: none, same (an output as large as the input, times the stride), or "
                        + "a number for each side.")
        @Default("none")
        Padding padding,

        @Doc("The distance between two neighbours in the window: a number, or [vertical, horizontal].") @Default("1")
        OneOrMore<Integer> dilation,

        @Doc("The function σ applied to x·w + b.") @Default("identity")
        Activation activation,

        @Doc("The initial weights [channels, height·width·filters].") @Default("xavier_uniform")
        Initializer weights,

        @Doc("The initial biases [1, filters].") @Default("zeros")
        Initializer biases,

        @Doc("The term of the cost for the weights; biases are never regularised.")
        Optional<Regularizer> regularizer,

        @Doc("The parameters that learn: true (both), false (neither), weights or biases.") @Default("true")
        Trainable trainable,

        @Doc("Whether to add biases.") @Default("true") boolean useBias)
        implements LayerSpec {
    public TransposedConv {
        ParameterException.require(filters >= 1, "filters", filters, "1 or more");
        Sliding.require("size", size);
        Sliding.require("stride", stride);
        Sliding.require("dilation", dilation);
        trainable.requireBiases(useBias);
    }

    @Override
    public Value build(LayerContext context) {
        Shape input = context.input();
        Sliding sliding = new Sliding("transposed_conv", size, stride, dilation, padding);
        sliding.requireAxes(input);
        Shape output = sliding.under(input, filters);
        Patches patches = sliding.over(output);
        int channels = input.dimensions().get(input.dimensions().size() - 1);
        int fanIn = (int) Math.min((double) channels * patches.size() / filters, Integer.MAX_VALUE);
        Parameter w = context.parameter("weights", channels, patches.size(), weights, fanIn, patches.size())
                .trainable(trainable.weights())
                .regularizer(regularizer);
        Optional<Parameter> b = useBias
                ? Optional.of(context.parameter("biases", 1, filters, biases, fanIn, patches.size())
                        .trainable(trainable.biases()))
                : Optional.empty();
        return context.chain(
                new TransposedConvNode(patches, w, b, context.kernels(), output),
                new ActivationNode(activation, output, context.kernels()));
    }
}
