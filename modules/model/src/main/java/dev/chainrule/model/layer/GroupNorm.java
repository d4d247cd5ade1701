package dev.chainrule.model.layer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.model.initializer.Constant;
import dev.chainrule.model.initializer.Zeros;

/**
 * Normalisation of each example over groups of neighbouring channels, and over all pixels or steps, then scale and shift of each channel:
 * out = γ·(x − μ) / √(σ² + epsilon) + β with the group's own mean μ and variance σ² (biased), in training as at inference.
 *
 * <p>Source: Y. Wu, K. He, "Group Normalization", ECCV 2018, equations 1 to 5. With as many groups as channels it is instance
 * normalisation.
 */
@Component("group_norm")
@Doc(
        "Normalises each example over groups of channels, and over all pixels or steps, then scales each channel by gamma and "
                + "shifts it by beta, which are learned. It does not depend on the other examples of a batch.")
public record GroupNorm(
        @Doc("The number of groups, which divides the channels: 1 or more.")
        int groups,

        @Doc("Added to the variance before its root is taken: above 0.") @Default("1e-5")
        double epsilon)
        implements LayerSpec {
    public GroupNorm {
        ParameterException.require(groups >= 1, "groups", groups, "1 or more");
        ParameterException.require(
                epsilon > 0 && Double.isFinite(epsilon), "epsilon", epsilon, "a finite number above 0");
    }

    @Override
    public Value build(LayerContext context) {
        Shape input = context.input();
        int channels = input.dimensions().get(input.dimensions().size() - 1);
        if (channels % groups != 0) {
            throw new InputException(
                            "groups is " + groups + ", which does not divide the " + channels + " "
                                    + input.axes().get(input.axes().size() - 1) + " of the input",
                            "Use a number that divides them.")
                    .atConfig("groups");
        }
        if (input.size() == groups) {
            throw new InputException(
                            "each group has one number: every output would be beta",
                            "The input is " + input.named() + ". Use fewer groups.")
                    .atConfig("groups");
        }
        return context.chain(new GroupNormNode(
                this,
                context.parameter("gamma", 1, channels, new Constant(1), 1, 1),
                context.parameter("beta", 1, channels, new Zeros(), 1, 1),
                context.kernels(),
                input));
    }
}
