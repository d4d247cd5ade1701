package dev.chainrule.model.layer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Value;

/**
 * Noise added to the values during training: out = x + std·ξ, ξ ~ N(0, 1) for each element; inference is the identity.
 *
 * <p>Source: C. M. Bishop, "Training with Noise is Equivalent to Tikhonov Regularization", Neural Computation 7(1), 1995,
 * section 2, for noise on the inputs; it may follow any layer.
 */
@Component("gaussian_noise")
@Doc("Adds normally distributed noise to the values while training, against overfitting. Does nothing at inference.")
public record GaussianNoise(
        @Doc("The standard deviation of the noise, in the unit of the values: 0 or more.")
        double std) implements LayerSpec {
    public GaussianNoise {
        ParameterException.require(std >= 0 && Double.isFinite(std), "std", std, "a finite number, 0 or more");
    }

    @Override
    public Value build(LayerContext context) {
        return context.chain(new GaussianNoiseNode(std, context.input(), context.stream("noise"), context.kernels()));
    }
}
