package dev.chainrule.model.network;

import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;

/**
 * The node that gives a named part of the network's input: neighbouring columns of x. The matrix of a value has no columns between its
 * rows that belong to others, so they are copied, once for all layers that read the part.
 *
 * @param first the column at which the part begins
 */
record NamedInput(Encoding.Input input, int first) implements Node, LayerSpec {
    @Override
    public Value build(LayerContext context) {
        return context.chain(this);
    }

    @Override
    public String label() {
        return "input";
    }

    @Override
    public Shape output() {
        return input.shape();
    }

    @Override
    public long flops() {
        return 0;
    }

    @Override
    public void forward(Matrix x, Matrix out, Pass pass) {
        out.copyColumns(x, first, 0, output().size());
    }

    /** ∂C/∂x is delta in the place of the part, and 0 elsewhere. */
    @Override
    public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
        dx.fill(0);
        dx.copyColumns(delta, 0, first, output().size());
    }
}
