package dev.chainrule.model.shape;

import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;

/** The node out = x with another shape: a copy if other stages read x, too, else x itself. */
record ReshapeNode(String label, Shape output) implements Node {
    @Override
    public boolean isReshape() {
        return true;
    }

    @Override
    public void forward(Matrix x, Matrix out, Pass pass) {
        out.copyFrom(x);
    }

    @Override
    public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
        dx.copyFrom(delta);
    }
}
