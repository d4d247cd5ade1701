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
import dev.chainrule.math.Window;
import dev.chainrule.model.layer.Trainable;
import java.util.Optional;

/**
 * A convolution of each channel alone, as {@link DepthwiseConv} without activation and biases, then one of all channels at each place:
 * z = d·w + b, d = depthwise(x), a = σ(z).
 *
 * <p>Parameters: depthwise_weights [height·width, channels·multiplier], weights [channels·multiplier, filters] and biases [1, filters].
 *
 * <p>Source: F. Chollet, "Xception: Deep Learning with Depthwise Separable Convolutions", CVPR 2017, section 1.
 */
@Component("separable_conv")
@Doc("Slides filters over each channel alone, then mixes the channels of each place: a convolution with fewer weights.")
public record SeparableConv(
        @Doc("The number of filters, which is the number of output channels: 1 or more.")
        int filters,

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

        @Doc(
                "The initial weights of both steps, [height·width, channels·multiplier] and [channels·multiplier, filters].")
        @Default("xavier_uniform")
        Initializer weights,

        @Doc("The initial biases [1, filters].") @Default("zeros")
        Initializer biases,

        @Doc("The term of the cost for the weights of both steps; biases are never regularised.")
        Optional<Regularizer> regularizer,

        @Doc("The parameters that learn: true (both), false (neither), weights or biases.") @Default("true")
        Trainable trainable,

        @Doc("Whether to add biases.") @Default("true") boolean useBias)
        implements LayerSpec {
    public SeparableConv {
        ParameterException.require(filters >= 1, "filters", filters, "1 or more");
        ParameterException.require(multiplier >= 1, "multiplier", multiplier, "1 or more");
        Sliding.require("size", size);
        Sliding.require("stride", stride);
        Sliding.require("dilation", dilation);
        trainable.requireBiases(useBias);
    }

    @Override
    public Value build(LayerContext context) {
        Shape input = context.input();
        Patches all = new Sliding("separable_conv", size, stride, dilation, padding).over(input);
        int middle = DepthwiseConv.filters(all.channels(), multiplier);
        Sliding.requireNumbers(all, Math.max(middle, filters));
        Patches one = new Patches(all.vertical(), all.horizontal(), all.channels(), 0, 1);
        Parameter depthwise = context.parameter(
                        "depthwise_weights", one.size(), middle, weights, one.size(), one.size() * multiplier)
                .trainable(trainable.weights())
                .regularizer(regularizer);
        Parameter w = context.parameter("weights", middle, filters, weights, middle, filters)
                .trainable(trainable.weights())
                .regularizer(regularizer);
        Optional<Parameter> b = useBias
                ? Optional.of(context.parameter("biases", 1, filters, biases, middle, filters)
                        .trainable(trainable.biases()))
                : Optional.empty();
        Shape output = Sliding.output(input, all, filters);
        Patches places = new Patches(each(all.vertical()), each(all.horizontal()), middle, 0, middle);
        return context.chain(
                new ConvNode(
                        one,
                        all.channels(),
                        depthwise,
                        Optional.empty(),
                        context.kernels(),
                        Sliding.output(input, all, middle)),
                new ConvNode(places, 1, w, b, context.kernels(), output),
                new ActivationNode(activation, output, context.kernels()));
    }

    /** Return a window of one place over the output of another. */
    private static Window each(Window before) {
        return new Window(before.positions(), 1, 1, 1, 0, before.positions());
    }
}
