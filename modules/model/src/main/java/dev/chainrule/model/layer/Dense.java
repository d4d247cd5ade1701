package dev.chainrule.model.layer;

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
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import java.util.Optional;

/**
 * A layer that connects every input with every unit: z = x·w + b, then a = σ(z), as two nodes, so that z can be watched
 * and perturbed.
 *
 * <p>Parameters: weights [in, units] and biases [1, units], in being the features of a step for a sequence, else the size of the input.
 * Weights start as xavier_uniform, as in Keras; the biases' fans are those of the weights.
 */
@Component("dense")
@Doc("Connects every input with every unit: a = σ(x·w + b). Each step of a sequence is computed alone; an image is "
        + "flattened.")
public record Dense(
        @Doc("The number of units, which is the number of outputs: 1 or more.")
        int units,

        @Doc("The function σ applied to x·w + b.") @Default("identity")
        Activation activation,

        @Doc("The initial weights [inputs, units].") @Default("xavier_uniform")
        Initializer weights,

        @Doc("The initial biases [1, units].") @Default("zeros")
        Initializer biases,

        @Doc("The term of the cost for the weights; biases are never regularised.")
        Optional<Regularizer> regularizer,

        @Doc("The parameters that learn: true (both), false (neither), weights or biases.") @Default("true")
        Trainable trainable,

        @Doc("Whether to add biases.") @Default("true") boolean useBias)
        implements LayerSpec {
    public Dense {
        ParameterException.require(units >= 1, "units", units, "1 or more");
        trainable.requireBiases(useBias);
    }

    @Override
    public Value build(LayerContext context) {
        Shape input = context.input();
        int in = PerStepNode.seen(input).size();
        Parameter w = context.parameter("weights", in, units, weights, in, units)
                .trainable(trainable.weights())
                .regularizer(regularizer);
        Optional<Parameter> b = useBias
                ? Optional.of(
                        context.parameter("biases", 1, units, biases, in, units).trainable(trainable.biases()))
                : Optional.empty();
        Node affine = PerStepNode.of(new AffineNode(w, b, context.kernels()), input, context.kernels());
        return context.chain(affine, new ActivationNode(activation, affine.output(), context.kernels()));
    }
}
