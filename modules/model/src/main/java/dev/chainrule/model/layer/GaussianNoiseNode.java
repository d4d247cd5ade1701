package dev.chainrule.model.layer;

import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;

/**
 * The node out = noise + x. Row i of the noise is drawn at the place (epoch, position + i) of the layer's stream, one
 * {@link dev.chainrule.math.Draws#noise} per column from left to right. So an example's noise depends only on its place in
 * the epoch, not on the batch size or on threads.
 */
record GaussianNoiseNode(double std, Shape output, RandomStream stream, Kernels kernels) implements Node {
    @Override
    public String label() {
        return "gaussian_noise";
    }

    @Override
    public void forward(Matrix x, Matrix out, Pass pass) {
        if (!pass.training()) {
            out.copyFrom(x);
            return;
        }
        out.reshape(x.rows(), x.columns());
        kernels.drawNoise(stream, pass.epoch(), pass.position(), std, out);
        kernels.addScaled(1, x, out);
    }

    @Override
    public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
        dx.copyFrom(delta);
    }
}
