package dev.chainrule.model.layer;

import dev.chainrule.api.Activation;
import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;

/** An activation on its own, as after a batch_norm. */
@Component("activation")
@Doc("Applies an activation on its own, when it does not directly follow a dense layer.")
public record ActivationLayer(@Doc("The function to apply.") Activation function) implements LayerSpec {
    @Override
    public Value build(LayerContext context) {
        return context.chain(node(function, context.input(), context.kernels()));
    }

    /** Return the node for inputs of a shape. A function that mixes the elements of a row mixes those of one step of a sequence. */
    static Node node(Activation function, Shape shape, Kernels kernels) {
        return function instanceof Elementwise
                ? new ActivationNode(function, shape, kernels)
                : PerStepNode.of(new ActivationNode(function, PerStepNode.seen(shape), kernels), shape, kernels);
    }

    /** Return the node for inputs of a shape. A function that mixes elements mixes those of one step of a sequence or pixel of an image. */
    public static Node ofPlaces(Activation function, Shape shape, Kernels kernels) {
        int last = shape.dimensions().get(shape.dimensions().size() - 1);
        return function instanceof Elementwise
                ? new ActivationNode(function, shape, kernels)
                : PerStepNode.ofPlaces(new ActivationNode(function, Shape.of(last), kernels), shape, kernels);
    }
}
