package dev.chainrule.model.layer;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/**
 * The node out = γ·x̂ + β, x̂ = (x − μ) / s, s = √(σ² + epsilon), μ and σ² of each group of each example. The columns are put in the order
 * group, pixel, channel, so that a group is a row of its own, whose sums are those of {@link Kernels#normalizeRows}.
 */
final class GroupNormNode implements Node {
    private final int groups;
    private final double epsilon;
    private final Parameter gamma;
    private final Parameter beta;
    private final Kernels kernels;
    private final Shape shape;
    private final int channels;

    private final Matrix gathered; // x or ∂C/∂x̂ [batch, group·pixel·channel]
    private final Matrix rows; // the same as [batch·groups, pixel·channel]
    private final Matrix normalized; // x̂ [batch·groups, pixel·channel]
    private final Matrix deviations; // s [batch·groups, 1]
    private final Matrix examples; // x̂ as [batch, group·pixel·channel]
    private final Matrix hat; // x̂ [batch, pixel·channel]
    private final Matrix scaled; // ∂C/∂x̂ [batch, pixel·channel]
    private final Matrix pixels; // one of the others as [batch·pixels, channels]
    private final Matrix hats; // x̂ as [batch·pixels, channels]
    /** The column of the input for each one of the groups, and the other way round; null before the first pass. */
    private int[] order;

    private int[] inverse;

    GroupNormNode(GroupNorm spec, Parameter gamma, Parameter beta, Kernels kernels, Shape shape) {
        this.groups = spec.groups();
        this.epsilon = spec.epsilon();
        this.gamma = gamma;
        this.beta = beta;
        this.kernels = kernels;
        this.shape = shape;
        this.channels = gamma.value().columns();
        this.gathered = kernels.matrix(0, 0);
        this.rows = kernels.matrix(0, 0);
        this.normalized = kernels.matrix(0, 0);
        this.deviations = kernels.matrix(0, 0);
        this.examples = kernels.matrix(0, 0);
        this.hat = kernels.matrix(0, 0);
        this.scaled = kernels.matrix(0, 0);
        this.pixels = kernels.matrix(0, 0);
        this.hats = kernels.matrix(0, 0);
    }

    @Override
    public String label() {
        return "group_norm";
    }

    @Override
    public Shape output() {
        return shape;
    }

    @Override
    public boolean canAccumulate() {
        return true;
    }

    @Override
    public long kept(int batch, int most) {
        return (3L * most + batch + 2) * shape.size() + (long) most * groups;
    }

    @Override
    public void forward(Matrix x, Matrix out, Pass pass) {
        if (order == null) {
            findOrder();
        }
        kernels.gatherColumns(x, order, gathered);
        kernels.normalizeRows(byGroup(x.rows()), epsilon, normalized, deviations);
        kernels.gatherColumns(examples.view(normalized, x.rows(), shape.size()), inverse, hat);
        out.copyFrom(hat);
        kernels.multiplyAddRow(byPixel(out, pixels), gamma.value(), beta.value());
    }

    /** Compute ∂C/∂β = Σ delta and ∂C/∂γ = Σ delta ⊙ x̂, over the pixels of all examples. */
    @Override
    public void gradients(Matrix x, Matrix out, Matrix delta, Pass pass) {
        kernels.columnSums(byPixel(delta, pixels), beta.gradient(), pass.accumulates());
        kernels.columnDots(pixels, byPixel(hat, hats), gamma.gradient(), pass.accumulates());
    }

    /** Compute ∂C/∂x = (g − Σ g / n − x̂·Σ g ⊙ x̂ / n) / s with g = γ·delta, over a group's n numbers. */
    @Override
    public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
        scaled.copyFrom(delta);
        byPixel(scaled, pixels);
        kernels.multiplyRow(pixels, gamma.value(), pixels);
        kernels.gatherColumns(scaled, order, gathered);
        Matrix g = byGroup(x.rows());
        kernels.normalizeRowsBackward(normalized, deviations, g, g);
        kernels.gatherColumns(gathered, inverse, dx);
    }

    private Matrix byGroup(int batch) {
        return rows.view(gathered, batch * groups, shape.size() / groups);
    }

    private Matrix byPixel(Matrix matrix, Matrix view) {
        return view.view(matrix, matrix.size() / channels, channels);
    }

    private void findOrder() {
        int width = channels / groups;
        order = new int[shape.size()];
        inverse = new int[shape.size()];
        for (int column = 0; column < order.length; column++) {
            int channel = column % channels;
            int place = (channel / width * (shape.size() / channels) + column / channels) * width + channel % width;
            order[place] = column;
            inverse[column] = place;
        }
    }
}
