package dev.chainrule.model.window;

import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;

/**
 * The node out = x ⊙ mask. The mask of the channels of row i is drawn as a row of {@code dropout}, at the place (epoch, position + i) of
 * the layer's stream, and repeated for all pixels.
 */
final class SpatialDropoutNode implements Node {
    private final double rate;
    private final Shape shape;
    private final int channels;
    private final RandomStream stream;
    private final Kernels kernels;
    private final Matrix drawn; // [batch, channels]
    private final Matrix mask;
    /** The channel of each column; null before the first training pass. */
    private int[] columns;

    SpatialDropoutNode(double rate, Shape shape, RandomStream stream, Kernels kernels) {
        this.rate = rate;
        this.shape = shape;
        this.channels = shape.dimensions().get(shape.dimensions().size() - 1);
        this.stream = stream;
        this.kernels = kernels;
        this.drawn = kernels.matrix(0, 0);
        this.mask = kernels.matrix(0, 0);
    }

    @Override
    public String label() {
        return "spatial_dropout";
    }

    @Override
    public Shape output() {
        return shape;
    }

    @Override
    public long kept(int batch, int most) {
        return (long) batch * (shape.size() + channels) + shape.size();
    }

    @Override
    public void forward(Matrix x, Matrix out, Pass pass) {
        if (!pass.training()) {
            out.copyFrom(x);
            return;
        }
        if (columns == null) {
            columns = new int[shape.size()];
            for (int j = 0; j < columns.length; j++) {
                columns[j] = j % channels;
            }
        }
        drawn.reshape(x.rows(), channels);
        kernels.drawMask(stream, pass.epoch(), pass.position(), rate, 1 / (1 - rate), drawn);
        kernels.gatherColumns(drawn, columns, mask);
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
