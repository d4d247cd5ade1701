package dev.chainrule.model.layer;

import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;

/**
 * The node out = x ⊙ mask. Row i of the mask is drawn at the place (epoch, position + i) of the layer's stream, one
 * {@link dev.chainrule.math.Draws#uniform24} per column from left to right: a value below the rate drops. So an
 * example's mask depends only on its place in the epoch, not on the batch size or on threads.
 */
final class DropoutNode implements Node {
    private final double rate;
    private final double kept;
    private final Shape shape;
    private final RandomStream stream;
    private final Kernels kernels;
    private final Matrix mask;

    DropoutNode(double rate, Shape shape, RandomStream stream, Kernels kernels) {
        this.rate = rate;
        this.kept = 1 / (1 - rate);
        this.shape = shape;
        this.stream = stream;
        this.kernels = kernels;
        this.mask = kernels.matrix(0, 0);
    }

    @Override
    public String label() {
        return "dropout";
    }

    @Override
    public Shape output() {
        return shape;
    }

    @Override
    public long kept(int batch, int most) {
        return (long) batch * shape.size();
    }

    @Override
    public void forward(Matrix x, Matrix out, Pass pass) {
        if (!pass.training()) {
            out.copyFrom(x);
            return;
        }
        mask.reshape(x.rows(), x.columns());
        kernels.drawMask(stream, pass.epoch(), pass.position(), rate, kept, mask);
        kernels.hadamard(x, mask, out);
    }

    @Override
    public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
        if (!pass.training()) {
            dx.copyFrom(delta);
            return;
        }
        kernels.hadamard(delta, mask, dx);
    }
}
