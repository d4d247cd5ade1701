package dev.chainrule.model.layer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.model.initializer.Constant;
import dev.chainrule.model.initializer.Zeros;

/**
 * Normalisation of each feature over the batch, then scale and shift: out = γ·(x − μ) / √(σ² + epsilon) + β. The features of a
 * sequence are normalised over the steps, too, and the channels of an image over its pixels.
 *
 * <p>During training, μ and σ² (biased, over m) are the batch's own; the running ones are updated as running =
 * momentum·running + (1 − momentum)·batch, and used at inference. This is the convention of Keras, for momentum and for
 * the biased running variance; PyTorch's momentum is 1 − this one, and its running variance is over m − 1.
 *
 * <p>Source: S. Ioffe, C. Szegedy, "Batch Normalization", ICML 2015, algorithm 1; images: section 3.2.
 */
@Component("batch_norm")
@Doc(
        "Normalises each feature over the batch, and over the steps of sequences or the pixels of images, then scales it by "
                + "gamma and shifts it by beta, which are learned. "
                + "At inference it uses the running mean and variance of the training batches.")
public record BatchNorm(
        @Doc("The share of the running mean and variance that is kept at each batch: 0 or more and below 1.")
        @Default("0.9")
        double momentum,

        @Doc("Added to the variance before its root is taken: above 0.") @Default("1e-5")
        double epsilon)
        implements LayerSpec {
    public BatchNorm {
        ParameterException.require(momentum >= 0 && momentum < 1, "momentum", momentum, "0 or more and below 1");
        ParameterException.require(
                epsilon > 0 && Double.isFinite(epsilon), "epsilon", epsilon, "a finite number above 0");
    }

    @Override
    public Value build(LayerContext context) {
        Shape input = context.input();
        int features = input.dimensions().get(input.dimensions().size() - 1);
        Node node = new BatchNormNode(
                this,
                context.parameter("gamma", 1, features, new Constant(1), 1, 1),
                context.parameter("beta", 1, features, new Zeros(), 1, 1),
                context.buffer("running_mean", 1, features, 0),
                context.buffer("running_variance", 1, features, 1),
                context.kernels());
        return context.chain(PerStepNode.ofPlaces(node, input, context.kernels()));
    }
}
