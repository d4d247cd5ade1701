package dev.chainrule.model.window;

import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.shape.SelectNode;

/** The node that puts its input among zeros: the backward pass of a selection. */
record PadNode(SelectNode inside, Shape output) implements Node {
    @Override
    public String label() {
        return "pad";
    }

    @Override
    public long flops() {
        return 0;
    }

    @Override
    public void forward(Matrix x, Matrix out, Pass pass) {
        out.reshape(x.rows(), output.size());
        inside.backward(out, x, x, out, pass);
    }

    @Override
    public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
        dx.reshape(x.rows(), x.columns());
        inside.forward(delta, dx, pass);
    }
}
