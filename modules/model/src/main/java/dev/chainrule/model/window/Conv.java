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
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Patches;
import dev.chainrule.model.layer.Trainable;
import java.util.Optional;

/**
 * A convolution, more exactly a cross-correlation: z[y, x, f] = Σ_{a, b, c} input[y·s + a·d − p, x·s + b·d − p, c]·w[a, b, c, f] + b[f]
 * with stride s, dilation d and padding p, then a = σ(z). Over a sequence the sum runs over b and c only.
 *
 * <p>Parameters: weights [height·width·channels, filters], the rows in the order (a, b, c), and biases [1, filters]. With g groups,
 * filter f sees only the channels of its group ⌊f·g / filters⌋, of which there are channels / g. Weights start as xavier_uniform, with
 * fan-in height·width·channels/g and fan-out height·width·filters, as in Keras.
 *
 * <p>Source: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-Based Learning Applied to Document Recognition", Proceedings of the
 * IEEE 86(11), 1998, section II; groups: A. Krizhevsky, I. Sutskever, G. Hinton, NIPS 2012, section 3.5; dilation: F. Yu, V. Koltun,
 * ICLR 2016, equation 2.
 */
@Component("conv")
@Doc(
        "Slides filters over an image, or over the steps of a sequence: each output is σ(x·w + b) of the numbers in a window.")
public record Conv(
        @Doc("The number of filters, which is the number of output channels: 1 or more.")
        int filters,

        @Doc("The size of the window: a number, or [height, width].")
        OneOrMore<Integer> size,

        @Doc("The distance between two positions of the window: a number, or [vertical, horizontal].") @Default("1")
        OneOrMore<Integer> stride,

        @Doc("The zeros around the input: none, same (an output as large as the input, divided by the stride), or a "
                + "number for each side.")
        @Default("none")
        Padding padding,

        @Doc("The distance between neighbours within the window: a number, or [vertical, horizontal].") @Default("1")
        OneOrMore<Integer> dilation,

        @Doc("The number of groups of channels; each filter sees the channels of one group: 1 or more.") @Default("1")
        int groups,

        @Doc("The function σ applied to x·w + b.") @Default("identity")
        Activation activation,

        @Doc("The initial weights [height·width·channels/groups, filters].") @Default("xavier_uniform")
        Initializer weights,

        @Doc("The initial biases [1, filters].") @Default("zeros")
        Initializer biases,

        @Doc("The term of the cost for the weights; biases are never regularised.")
        Optional<Regularizer> regularizer,

        @Doc("The parameters that learn: true (both), false (neither), weights or biases.") @Default("true")
        Trainable trainable,

        @Doc("Whether to add biases.") @Default("true") boolean useBias)
        implements LayerSpec {
    public Conv {
        ParameterException.require(filters >= 1, "filters", filters, "1 or more");
        ParameterException.require(groups >= 1, "groups", groups, "1 or more");
        Sliding.require("size", size);
        Sliding.require("stride", stride);
        Sliding.require("dilation", dilation);
        trainable.requireBiases(useBias);
    }

    @Override
    public Value build(LayerContext context) {
        Shape input = context.input();
        Patches all = new Sliding("conv", size, stride, dilation, padding).over(input);
        requireGroups(filters, "filters");
        requireGroups(all.channels(), input.axes().get(input.axes().size() - 1) + " of the input");
        Patches group = new Patches(all.vertical(), all.horizontal(), all.channels(), 0, all.channels() / groups);
        Sliding.requireNumbers(all, filters);
        int window = all.vertical().size() * all.horizontal().size();
        int fanOut = (int) Math.min((long) window * filters, Integer.MAX_VALUE);
        Parameter w = context.parameter("weights", group.size(), filters, weights, group.size(), fanOut)
                .trainable(trainable.weights())
                .regularizer(regularizer);
        Optional<Parameter> b = useBias
                ? Optional.of(context.parameter("biases", 1, filters, biases, group.size(), fanOut)
                        .trainable(trainable.biases()))
                : Optional.empty();
        Shape output = Sliding.output(input, all, filters);
        return context.chain(
                new ConvNode(group, groups, w, b, context.kernels(), output),
                new ActivationNode(activation, output, context.kernels()));
    }

    private void requireGroups(int count, String of) {
        if (count % groups != 0) {
            throw new InputException(
                            "groups is " + groups + ", which does not divide the " + count + " " + of,
                            "Use a number that divides both the channels and the filters.")
                    .atConfig("groups");
        }
    }
}
