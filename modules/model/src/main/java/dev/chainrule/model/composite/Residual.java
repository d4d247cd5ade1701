package dev.chainrule.model.composite;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.model.initializer.XavierUniform;
import dev.chainrule.model.join.Joining;
import dev.chainrule.model.layer.AffineNode;
import dev.chainrule.model.layer.PerStepNode;
import java.util.List;
import java.util.Optional;

/**
 * Layers with a shortcut around them: out = F(x) + x. If F(x) has another number of features than x, the shortcut is a projection
 * x·w, whose weights are learned.
 *
 * <p>Source: K. He, X. Zhang, S. Ren, J. Sun, "Deep Residual Learning for Image Recognition", CVPR 2016, equations 1 and 2. There a
 * relu follows the sum; here it is a layer of its own, if it is wanted.
 */
@Component("residual")
@Doc("Adds the output of its layers to their input, so that they learn a difference.")
public record Residual(
        @Doc("The layers that the shortcut bypasses, first to last.")
        List<NamedLayer> layers,

        @Doc(
                "Layers on the shortcut. By default none; if the layers change the width, the input times learned weights is added.")
        Optional<List<NamedLayer>> shortcut)
        implements LayerSpec {
    public Residual {
        ParameterException.require(!layers.isEmpty(), "layers", "empty", "at least one layer");
    }

    @Override
    public Value build(LayerContext context) {
        Value x = context.chain();
        Value inside = context.build(layers, x);
        Value around = x;
        if (shortcut.isPresent()) {
            around = context.build("shortcut", shortcut.get(), x);
        } else if (!inside.shape().equals(x.shape())) {
            around = projected(context, x, inside.shape());
        }
        if (!inside.shape().equals(around.shape())) {
            throw new InputException(
                    "the layers give " + inside.shape() + ", but the shortcut gives " + around.shape(),
                    "Give both the same shape: they are added element by element.");
        }
        List<Value> both = List.of(inside, around);
        return context.join(Joining.ADD.join(both, context.kernels()), both);
    }

    /** Return x·w, step by step in a sequence, if only the number of features is to change; else x. */
    private static Value projected(LayerContext context, Value x, Shape shape) {
        List<Integer> from = x.shape().dimensions();
        List<Integer> to = shape.dimensions();
        boolean fits = from.size() == to.size()
                && (from.size() == 1 || from.size() == 2 && from.get(0).equals(to.get(0)));
        if (!fits) {
            return x;
        }
        int in = PerStepNode.seen(x.shape()).size();
        int out = PerStepNode.seen(shape).size();
        Parameter weights = context.parameter("shortcut", in, out, new XavierUniform(), in, out);
        AffineNode affine = new AffineNode(weights, Optional.empty(), context.kernels());
        return context.chain(x, PerStepNode.of(affine, x.shape(), context.kernels()));
    }
}
