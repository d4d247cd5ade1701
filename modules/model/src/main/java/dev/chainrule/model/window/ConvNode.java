package dev.chainrule.model.window;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Patches;
import dev.chainrule.math.Window;
import java.util.Arrays;
import java.util.Optional;

/**
 * The node z = patches·w + b, with the patches of all examples as rows [batch·positions, window·channels]: with channels last, the
 * product is the output, without a transpose.
 *
 * <p>The kernels gather patches block by block, or read them in the images. No sum depends on that: an element of z is one chain over
 * a row of patches; one of ∂C/∂w a chain over all rows, ascending; and one of ∂C/∂x is the sum of the patches' gradients that it has a
 * part in, the patches ascending, one addition each from +0. A window of one pixel that moves by one has the pixels themselves as
 * patches.
 */
final class ConvNode implements Node {
    private final Parameter weights;
    private final Optional<Parameter> biases;
    private final Kernels kernels;
    private final Shape output;
    private final int filters;
    /** The patches of each group. */
    private final Patches[] patches;
    /** Whether the patches are the pixels. */
    private final boolean pixels;

    private final Matrix whole; // z or ∂C/∂z as [batch·positions, filters]
    private final Matrix places; // x or ∂C/∂x as [batch·positions, channels]

    /**
     * Create a node.
     *
     * @param first the patches of the first group
     * @param biases none if the node adds no biases
     */
    ConvNode(Patches first, int groups, Parameter weights, Optional<Parameter> biases, Kernels kernels, Shape output) {
        this.weights = weights;
        this.biases = biases;
        this.kernels = kernels;
        this.output = output;
        this.filters = weights.value().columns();
        this.patches = new Patches[groups];
        Arrays.setAll(
                patches,
                g -> new Patches(
                        first.vertical(), first.horizontal(), first.channels(), g * first.count(), first.count()));
        this.pixels = groups == 1 && isEach(first.vertical()) && isEach(first.horizontal());
        this.whole = kernels.matrix(0, 0);
        this.places = kernels.matrix(0, 0);
    }

    private static boolean isEach(Window window) {
        return window.size() == 1
                && window.before() == 0
                && window.stride() == 1
                && window.positions() == window.length();
    }

    @Override
    public String label() {
        return "conv";
    }

    /** Return a multiplication and an addition for each weight at each position, an addition for each bias. */
    @Override
    public long flops() {
        return 2L * weights.value().size() * patches[0].positions() + (biases.isPresent() ? output.size() : 0);
    }

    /**
     * Return the numbers of each thread's block of patches, of its rows of outputs and of its sums of gradients, and those of the filters
     * of a group. A thread may have fewer channels of more patches in the gradient of the weights. Vector kernels need no blocks, but
     * images with margins, whose pixels take at least a vector of up to {@link Kernels#LANES} numbers, and the weights of a group in
     * whole vectors: the greater number counts.
     */
    @Override
    public long scratch(int most) {
        int threads = kernels.team().threads();
        int size = patches[0].size();
        int share = Math.max(1, size / threads);
        long positions = (long) most * patches[0].positions();
        long whole = Math.min(Patches.block(size), positions);
        long divided = Math.min(Patches.block(share), positions);
        long numbers = Math.max(whole * size, divided * share) + divided * group() + (long) size * group();
        long blocks = threads * numbers + (patches.length > 1 ? (long) size * group() : 0);
        long pixels = (long) Math.min(most, patches[0].group()) * patches[0].covered();
        long images = pixels * Math.max(patches[0].count(), Kernels.LANES);
        return Math.max(blocks, threads * images + (long) size * (group() + Kernels.LANES));
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
        see(x, z);
        if (pixels) {
            kernels.multiply(places, weights.value(), whole, false);
        } else {
            for (int g = 0; g < patches.length; g++) {
                kernels.multiplyPatches(x, patches[g], weights.value(), g * group(), group(), whole);
            }
        }
        if (biases.isPresent()) {
            kernels.addRow(whole, biases.get().value());
        }
    }

    /** Compute BP3 ∂C/∂b = Σ_rows delta and BP4 ∂C/∂w = patchesᵀ·delta, over the positions of all examples. */
    @Override
    public void gradients(Matrix x, Matrix z, Matrix delta, Pass pass) {
        see(x, delta);
        if (biases.isPresent()) {
            kernels.columnSums(whole, biases.get().gradient(), pass.accumulates());
        }
        if (pixels) {
            kernels.multiplyTransA(places, whole, weights.gradient(), pass.accumulates());
        } else {
            for (int g = 0; g < patches.length; g++) {
                kernels.multiplyPatchesTransA(
                        x, patches[g], whole, g * group(), group(), weights.gradient(), pass.accumulates());
            }
        }
    }

    /** Compute ∂C/∂x: the rows of delta·wᵀ are the gradients of the patches, which are added to those of their images. */
    @Override
    public void backward(Matrix x, Matrix z, Matrix delta, Matrix dx, Pass pass) {
        dx.reshape(x.rows(), x.columns());
        see(x, delta);
        for (int g = 0; g < patches.length; g++) {
            kernels.multiplyTransBAddPatches(whole, weights.value(), g * group(), group(), patches[g], dx, g > 0);
        }
    }

    /** Return the filters of a group. */
    private int group() {
        return filters / patches.length;
    }

    /** See a matrix [batch, positions·filters] as one row for each position, and, if patches are pixels, images likewise. */
    private void see(Matrix images, Matrix z) {
        whole.view(z, z.rows() * patches[0].positions(), filters);
        if (pixels) {
            places.view(images, images.rows() * patches[0].positions(), patches[0].channels());
        }
    }
}
