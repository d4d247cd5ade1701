package dev.chainrule.model.layer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.model.initializer.Constant;
import dev.chainrule.model.initializer.Zeros;

/**
 * Normalisation of each example over its features, then scale and shift: out = γ·(x − μ) / √(σ² + epsilon) + β, with the
 * example's own mean μ and variance σ² (biased, over the features), in training as at inference. Of a sequence each step is
 * normalised alone.
 *
 * <p>Source: J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer Normalization", 2016, equations 3 and 4 and section 3.1; the paper
 * calls γ the gain g and β the bias b, and adds no epsilon.
 */
@Component("layer_norm")
@Doc(
        "Normalises each example, or each step of a sequence, over its features, then scales each feature by gamma and shifts it by beta, which are learned. "
                + "It does not depend on the other examples of a batch.")
public record LayerNorm(
        @Doc("Added to the variance before its root is taken: above 0.") @Default("1e-5")
        double epsilon) implements LayerSpec {
    public LayerNorm {
        ParameterException.require(
                epsilon > 0 && Double.isFinite(epsilon), "epsilon", epsilon, "a finite number above 0");
    }

    @Override
    public Value build(LayerContext context) {
        Shape input = context.input();
        if (input.isImage()) {
            throw new InputException(
                    "layer_norm normalises rows of features, but its input is " + input.named(),
                    "Put a flatten layer before it.");
        }
        int features = PerStepNode.seen(input).size();
        if (features == 1) {
            throw new InputException(
                    "layer_norm normalises over the features, and its input has one: every output would be beta",
                    "Put it where there are several features, or use batch_norm, which normalises over the batch.");
        }
        Node node = new LayerNormNode(
                epsilon,
                context.parameter("gamma", 1, features, new Constant(1), 1, 1),
                context.parameter("beta", 1, features, new Zeros(), 1, 1),
                context.kernels());
        return context.chain(PerStepNode.of(node, input, context.kernels()));
    }
}
