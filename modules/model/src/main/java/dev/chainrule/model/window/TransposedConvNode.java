package dev.chainrule.model.window;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Patches;
import java.util.Optional;

/**
 * The node z = Σ patches(x·w) + b: the rows of x·w, with x as [batch·places, channels], are added to the patches of z. It is
 * {@link ConvNode} with forward and backward exchanged, in blocks that no sum depends on. An element of z is the sum of the products, each a chain over
 * the channels, of the places whose window contains it, ascending from +0, then the bias; one of ∂C/∂w a chain over all places; one of
 * ∂C/∂x a chain over window row, window column and filter.
 */
final class TransposedConvNode implements Node {
    /**
     * The numbers in a block of patches, or the length of one row if that is more: 1 MiB of float32, which a second-level cache takes
     * while the block is gathered, multiplied and discarded, and work enough for a product to be shared by threads.
     */
    private static final int BLOCK = 1 << 18;

    private final Patches patches;
    private final Parameter weights;
    private final Optional<Parameter> biases;
    private final Kernels kernels;
    private final Shape output;
    private final int channels;
    private final int block;

    private final Matrix window; // patches of z or ∂C/∂z [block, window·filters]
    private final Matrix rows; // of x or ∂C/∂x [block, channels]
    private final Matrix places; // x or ∂C/∂x as [batch·places, channels]
    private final Matrix pixels; // z or ∂C/∂z as [batch·pixels, filters]

    /**
     * Create a node.
     *
     * @param patches of the output, one for each place of the input
     * @param biases none if the node adds no biases
     */
    TransposedConvNode(Patches patches, Parameter weights, Optional<Parameter> biases, Kernels kernels, Shape output) {
        this.patches = patches;
        this.weights = weights;
        this.biases = biases;
        this.kernels = kernels;
        this.output = output;
        this.channels = weights.value().rows();
        this.block = Math.max(1, BLOCK / patches.size());
        this.window = kernels.matrix(0, 0);
        this.rows = kernels.matrix(0, 0);
        this.places = kernels.matrix(0, 0);
        this.pixels = kernels.matrix(0, 0);
    }

    @Override
    public String label() {
        return "transposed_conv";
    }

    /** Return a multiplication and an addition for each weight at each place, an addition for each bias. */
    @Override
    public long flops() {
        return 2L * weights.value().size() * patches.positions() + (biases.isPresent() ? output.size() : 0);
    }

    @Override
    public long kept(int batch, int most) {
        return Math.min(block, (long) most * patches.positions()) * (patches.size() + channels);
    }

    @Override
    public boolean canAccumulate() {
        return true;
    }

    @Override
    public boolean isAffine() {
        return true;
    }

    @Override
    public Shape output() {
        return output;
    }

    @Override
    public void forward(Matrix x, Matrix z, Pass pass) {
        z.reshape(x.rows(), output.size());
        z.fill(0);
        int count = see(x);
        for (int first = 0; first < count; first += block) {
            takeRows(first, Math.min(block, count - first));
            kernels.multiply(rows, weights.value(), window, false);
            kernels.addPatches(window, patches, first, z);
        }
        if (biases.isPresent()) {
            kernels.addRow(seePixels(z), biases.get().value());
        }
    }

    /** Compute BP3 ∂C/∂b = Σ_pixels delta and BP4 ∂C/∂w = xᵀ·patches(delta), over the places of all examples. */
    @Override
    public void gradients(Matrix x, Matrix z, Matrix delta, Pass pass) {
        if (biases.isPresent()) {
            kernels.columnSums(seePixels(delta), biases.get().gradient(), pass.accumulates());
        }
        int count = see(x);
        for (int first = 0; first < count; first += block) {
            int some = Math.min(block, count - first);
            takeRows(first, some);
            kernels.gatherPatches(delta, patches, first, some, window);
            kernels.multiplyTransA(rows, window, weights.gradient(), pass.accumulates() || first > 0);
        }
    }

    /** Compute ∂C/∂x = patches(delta)·wᵀ. */
    @Override
    public void backward(Matrix x, Matrix z, Matrix delta, Matrix dx, Pass pass) {
        dx.reshape(x.rows(), x.columns());
        int count = see(dx);
        for (int first = 0; first < count; first += block) {
            int some = Math.min(block, count - first);
            kernels.gatherPatches(delta, patches, first, some, window);
            kernels.multiplyTransB(window, weights.value(), rows, false);
            places.copyRows(rows, 0, first, some);
        }
    }

    /** See a matrix [batch, places·channels] as one row for each place; return the number of rows. */
    private int see(Matrix x) {
        int count = x.rows() * patches.positions();
        places.view(x, count, channels);
        return count;
    }

    private Matrix seePixels(Matrix z) {
        return pixels.view(z, z.size() / patches.channels(), patches.channels());
    }

    private void takeRows(int first, int count) {
        rows.reshape(count, channels);
        rows.copyRows(places, first, 0, count);
    }
}
