package dev.chainrule.model.window;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Patches;
import java.util.Arrays;
import java.util.Optional;

/**
 * The node z = patches·w + b, with the patches of all examples as rows [batch·positions, window·channels]: with channels last, the
 * product is the output, without a transpose.
 *
 * <p>The patches of a large batch would take as much memory as the window has places, times that of the input. So they are gathered
 * block by block, in each pass, into one matrix. No sum depends on the blocks: an element of z is one chain over a row of patches, which
 * no block divides; one of ∂C/∂w a chain over all rows, ascending, which the next block resumes at the stored value; and one of ∂C/∂x is
 * the sum of the patches' gradients that it has a part in, the patches ascending, one addition each from +0.
 *
 * <p>Groups are computed as convolutions of their own, with copies of their columns of the weights.
 */
final class ConvNode implements Node {
    /**
     * The numbers in a block of patches, or the length of one row if that is more: 1 MiB of float32, which a second-level cache takes
     * while the block is gathered, multiplied and discarded, and work enough for a product to be shared by threads.
     */
    static final int BLOCK = 1 << 18;

    private final int groups;
    private final Parameter weights;
    private final Optional<Parameter> biases;
    private final Kernels kernels;
    private final Shape output;
    private final int filters;
    private final int block;
    /** The patches of each group, and its columns of the weights and of their gradient. */
    private final Patches[] patches;

    private final Matrix[] groupWeights;
    private final Matrix[] groupGradients;

    private final Matrix window; // patches or their gradients [block, window·channels/groups]
    private final Matrix rows; // of z or ∂C/∂z [block, filters]
    private final Matrix groupRows; // [block, filters/groups]
    private final Matrix whole; // z or ∂C/∂z as [batch·positions, filters]

    ConvNode(Patches first, int groups, Parameter weights, Optional<Parameter> biases, Kernels kernels, Shape output) {
        this(first, groups, weights, biases, kernels, output, BLOCK);
    }

    /**
     * Create a node.
     *
     * @param first the patches of the first group
     * @param biases none if the node adds no biases
     * @param numbers the numbers in a block of patches
     */
    ConvNode(
            Patches first,
            int groups,
            Parameter weights,
            Optional<Parameter> biases,
            Kernels kernels,
            Shape output,
            int numbers) {
        this.groups = groups;
        this.weights = weights;
        this.biases = biases;
        this.kernels = kernels;
        this.output = output;
        this.filters = weights.value().columns();
        this.block = Math.max(1, numbers / first.size());
        this.patches = new Patches[groups];
        Arrays.setAll(
                patches,
                g -> new Patches(
                        first.vertical(), first.horizontal(), first.channels(), g * first.count(), first.count()));
        this.groupWeights = copies(weights.value());
        this.groupGradients = copies(weights.gradient());
        this.window = kernels.matrix(0, 0);
        this.rows = kernels.matrix(0, 0);
        this.groupRows = groups == 1 ? rows : kernels.matrix(0, 0);
        this.whole = kernels.matrix(0, 0);
    }

    /** Return a matrix itself if there is one group, else a matrix for the columns of each group. */
    private Matrix[] copies(Matrix all) {
        Matrix[] parts = new Matrix[groups];
        Arrays.setAll(parts, g -> groups == 1 ? all : kernels.matrix(0, 0));
        return parts;
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

    @Override
    public long kept(int batch, int most) {
        long mostRows = Math.min(block, (long) most * patches[0].positions());
        long copied = groups == 1
                ? 0
                : mostRows * filters / groups + 2L * weights.value().size();
        return mostRows * (patches[0].size() + filters) + copied;
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
        int count = all(z);
        copyWeights();
        for (int first = 0; first < count; first += block) {
            int some = Math.min(block, count - first);
            rows.reshape(some, filters);
            for (int g = 0; g < groups; g++) {
                kernels.gatherPatches(x, patches[g], first, some, window);
                kernels.multiply(window, groupWeights[g], groupRows, false);
                if (groups > 1) {
                    rows.copyColumns(groupRows, 0, g * groupRows.columns(), groupRows.columns());
                }
            }
            if (biases.isPresent()) {
                kernels.addRow(rows, biases.get().value());
            }
            whole.copyRows(rows, 0, first, some);
        }
    }

    /** Compute BP3 ∂C/∂b = Σ_rows delta and BP4 ∂C/∂w = patchesᵀ·delta, over the positions of all examples. */
    @Override
    public void gradients(Matrix x, Matrix z, Matrix delta, Pass pass) {
        int count = all(delta);
        if (biases.isPresent()) {
            kernels.columnSums(whole, biases.get().gradient());
        }
        for (int first = 0; first < count; first += block) {
            int some = Math.min(block, count - first);
            takeRows(first, some);
            for (int g = 0; g < groups; g++) {
                takeGroup(g);
                kernels.gatherPatches(x, patches[g], first, some, window);
                kernels.multiplyTransA(window, groupRows, groupGradients[g], first > 0);
            }
        }
        if (groups > 1) {
            for (int g = 0; g < groups; g++) {
                weights.gradient().copyColumns(groupGradients[g], 0, g * (filters / groups), filters / groups);
            }
        }
    }

    /** Compute ∂C/∂x: the rows of delta·wᵀ are the gradients of the patches, which are added to those of their images. */
    @Override
    public void backward(Matrix x, Matrix z, Matrix delta, Matrix dx, Pass pass) {
        dx.reshape(x.rows(), x.columns());
        dx.fill(0);
        int count = all(delta);
        copyWeights();
        for (int first = 0; first < count; first += block) {
            takeRows(first, Math.min(block, count - first));
            for (int g = 0; g < groups; g++) {
                takeGroup(g);
                kernels.multiplyTransB(groupRows, groupWeights[g], window, false);
                kernels.addPatches(window, patches[g], first, dx);
            }
        }
    }

    /** See a matrix [batch, positions·filters] as one row for each position; return the number of rows. */
    private int all(Matrix z) {
        int count = z.rows() * patches[0].positions();
        whole.view(z, count, filters);
        return count;
    }

    private void copyWeights() {
        if (groups > 1) {
            for (int g = 0; g < groups; g++) {
                groupWeights[g].reshape(weights.value().rows(), filters / groups);
                groupWeights[g].copyColumns(weights.value(), g * (filters / groups), 0, filters / groups);
            }
        }
    }

    private void takeRows(int first, int count) {
        rows.reshape(count, filters);
        rows.copyRows(whole, first, 0, count);
    }

    private void takeGroup(int g) {
        if (groups > 1) {
            groupRows.reshape(rows.rows(), filters / groups);
            groupRows.copyColumns(rows, g * (filters / groups), 0, filters / groups);
        }
    }
}
