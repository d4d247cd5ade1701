package dev.chainrule.math.kernel;

import dev.chainrule.math.Patches;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.Window;
import java.util.Arrays;

/**
 * The three products of a convolution of images of {@code float}: patches·w, patchesᵀ·delta, and delta·wᵀ added to the images.
 *
 * <p>The patches of a batch would take as much memory as the window has places, times that of the images. So each thread gathers a block,
 * multiplies and discards it while its second-level cache has it, and threads meet only at the end. They share outputs: of the first
 * product the positions, of the second the channels of the window or else the filters, of the third whole images, or lines of them if
 * there are fewer images than threads: then patches that reach over a border are computed by both. No sum depends on the blocks: a chain
 * of the first and of the third is within one row of patches, which no block divides; one of the second runs over all positions, and
 * the next block resumes it at the stored value.
 *
 * <p>The operands are fields, set before a product is computed, so that a call allocates nothing to pass them to the threads.
 */
public class FloatConvolution implements ThreadTeam.Task {
    /** The fma below which one thread computes all, as in {@link FloatPlainProduct}. */
    private static final long SHARED_FROM = 300_000;
    /** With fewer channels for each thread, threads share the filters instead: copying few channels at a time takes too long. */
    private static final int LEAST_CHANNELS = 8;

    /** One of the products. */
    interface Operation {
        void compute(FloatConvolution convolution, int part, int parts);
    }

    private final ThreadTeam team;
    private final Worker[] workers;
    private float[] columns = new float[0];
    private Operation operation;
    protected Patches patches;
    /** The number of images. */
    protected int count;

    protected float[] images;
    /** Weights or their gradient [patch, all]. */
    protected float[] weights;
    /** Outputs or their gradient [positions, all]. */
    protected float[] outputs;
    /** The first of the filters, neighbouring columns of weights and outputs. */
    protected int column;

    protected int filters;
    protected int all;
    /** Whether a gradient is added to the stored values. */
    protected boolean accumulate;

    /** Create the products of one caller, consisting of parts. */
    public FloatConvolution(ThreadTeam team, KernelParts parts) {
        this.team = team;
        this.workers = new Worker[team.threads()];
        Arrays.setAll(workers, i -> new Worker(parts));
    }

    /** Set the images and their number. */
    final FloatConvolution of(float[] images, Patches patches, int count) {
        this.images = images;
        this.patches = patches;
        this.count = count;
        return this;
    }

    /** Set weights, outputs and the filters. */
    final FloatConvolution by(float[] weights, float[] outputs, int column, int filters, int all) {
        this.weights = weights;
        this.outputs = outputs;
        this.column = column;
        this.filters = filters;
        this.all = all;
        return this;
    }

    /** Compute outputs = patches·weights. */
    final void forward() {
        prepareForward();
        run(FloatConvolution::forward);
    }

    /** Compute weights = patchesᵀ·outputs, or add it to them when accumulating. */
    final void gradient(boolean accumulate) {
        this.accumulate = accumulate;
        prepareGradient();
        run(FloatConvolution::gradient);
    }

    /** Compute images = outputs·weightsᵀ, or add it to them when accumulating. */
    final void backward(boolean accumulate) {
        this.accumulate = accumulate;
        prepareBackward();
        run(FloatConvolution::backward);
    }

    private void run(Operation operation) {
        this.operation = operation;
        if (team.threads() > 1 && (long) positions() * patches.size() * filters >= SHARED_FROM) {
            team.run(this);
        } else {
            run(0, 1);
        }
        this.images = null; // release the arrays
        this.weights = null;
        this.outputs = null;
    }

    @Override
    public final void run(int part, int parts) {
        operation.compute(this, part, parts);
    }

    /** Prepare the data that all parts of {@link #forward(int, int)} share. */
    protected void prepareForward() {
        takeWeights();
    }

    /** Prepare the data that all parts of {@link #gradient(int, int)} share. */
    protected void prepareGradient() {}

    /** Prepare the data that all parts of {@link #backward(int, int)} share. */
    protected void prepareBackward() {
        takeWeights();
    }

    /** Return the beginning of a part of a count. */
    protected static int share(int count, int part, int parts) {
        return (int) ((long) count * part / parts);
    }

    /** Return the positions of all images. */
    protected final int positions() {
        return count * patches.positions();
    }

    /** Copy the beginning of rows. */
    protected static void copy(float[] from, int at, int down, float[] to, int toAt, int toDown, int rows, int width) {
        if (down == width && toDown == width) {
            System.arraycopy(from, at, to, toAt, rows * width);
            return;
        }
        for (int i = 0; i < rows; i++) {
            System.arraycopy(from, at + i * down, to, toAt + i * toDown, width);
        }
    }

    /** Return the weights of the filters alone. */
    private float[] ownWeights() {
        return filters == all ? weights : columns;
    }

    /** Copy the weights of the filters, if they are not all. */
    private void takeWeights() {
        if (filters < all) {
            int size = patches.size();
            if (columns.length < size * filters) {
                columns = new float[size * filters];
            }
            copy(weights, column, all, columns, 0, filters, size, filters);
        }
    }

    /** Compute a part of outputs = patches·weights. */
    protected void forward(int part, int parts) {
        Worker worker = workers[part];
        int size = patches.size();
        int end = share(positions(), part + 1, parts);
        int block = Patches.block(size);
        for (int first = share(positions(), part, parts); first < end; first += block) {
            int some = Math.min(block, end - first);
            worker.reserve(some * size, some * filters);
            worker.patches.gather(images, patches, first, some, worker.block);
            worker.product
                    .left(worker.block, size, false)
                    .right(ownWeights(), filters, false)
                    .into(worker.rows, some, filters, size, false);
            copy(worker.rows, 0, filters, outputs, first * all + column, all, some, filters);
        }
    }

    /** Compute a part of weights = patchesᵀ·outputs, or add it to them when accumulating. */
    protected void gradient(int part, int parts) {
        Worker worker = workers[part];
        int channels = patches.count();
        boolean byChannels = channels >= LEAST_CHANNELS * parts;
        int from = byChannels ? share(channels, part, parts) : 0;
        int to = byChannels ? share(channels, part + 1, parts) : channels;
        int begin = byChannels ? 0 : share(filters, part, parts);
        int width = (byChannels ? filters : share(filters, part + 1, parts)) - begin;
        int places = patches.vertical().size() * patches.horizontal().size();
        int size = places * (to - from);
        if (width == 0) {
            return;
        }
        if (worker.sums.length < size * width) {
            worker.sums = new float[size * width];
        }
        if (accumulate) {
            for (int place = 0; place < places; place++) {
                int at = (place * channels + from) * all + column + begin;
                copy(weights, at, all, worker.sums, place * (to - from) * width, width, to - from, width);
            }
        }
        int block = Patches.block(size);
        for (int first = 0; first < positions(); first += block) {
            int some = Math.min(block, positions() - first);
            worker.reserve(some * size, some * width);
            worker.patches.gather(images, patches, from, to - from, first, some, worker.block);
            copy(outputs, first * all + column + begin, all, worker.rows, 0, width, some, width);
            worker.product
                    .left(worker.block, size, true)
                    .right(worker.rows, width, false)
                    .into(worker.sums, size, width, some, accumulate || first > 0);
        }
        if (positions() == 0 && !accumulate) {
            Arrays.fill(worker.sums, 0, size * width, 0);
        }
        for (int place = 0; place < places; place++) {
            int at = (place * channels + from) * all + column + begin;
            copy(worker.sums, place * (to - from) * width, width, weights, at, all, to - from, width);
        }
    }

    /** Compute a part of images = outputs·weightsᵀ, or add it to them when accumulating. */
    protected void backward(int part, int parts) {
        Worker worker = workers[part];
        Window vertical = patches.vertical();
        int height = vertical.length();
        boolean whole = count >= parts;
        int top = whole ? share(count, part, parts) * height : share(count * height, part, parts);
        int bottom = whole ? share(count, part + 1, parts) * height : share(count * height, part + 1, parts);
        int line = patches.horizontal().length() * patches.channels();
        if (!accumulate) {
            Arrays.fill(images, top * line, bottom * line, 0);
        }
        if (whole) {
            int end = bottom / height * patches.positions();
            backward(worker, top / height * patches.positions(), end, top, bottom);
            return;
        }
        int across = patches.horizontal().positions();
        for (int image = top / height; image * height < bottom; image++) {
            int from = 0;
            int to = vertical.positions();
            while (from < to && image * height + vertical.place(from, vertical.size() - 1) < top) {
                from++;
            }
            while (from < to && image * height + vertical.place(to - 1, 0) >= bottom) {
                to--;
            }
            int first = image * patches.positions();
            backward(worker, first + from * across, first + to * across, top, bottom);
        }
    }

    private void backward(Worker worker, int from, int to, int top, int bottom) {
        int size = patches.size();
        int block = Patches.block(size);
        for (int first = from; first < to; first += block) {
            int some = Math.min(block, to - first);
            worker.reserve(some * size, some * filters);
            copy(outputs, first * all + column, all, worker.rows, 0, filters, some, filters);
            if (filters == 0) {
                Arrays.fill(worker.block, 0, some * size, 0);
            }
            worker.product
                    .left(worker.rows, filters, false)
                    .right(ownWeights(), filters, true)
                    .into(worker.block, some, size, filters, false);
            worker.patches.add(worker.block, patches, first, some, images, top, bottom);
        }
    }

    /** The parts of one thread, and its memory. */
    private static final class Worker {
        private final FloatProduct product;
        private final FloatPatches patches;
        private float[] block = new float[0];
        private float[] rows = new float[0];
        private float[] sums = new float[0];

        private Worker(KernelParts parts) {
            ThreadTeam alone = new ThreadTeam(1);
            this.product = parts.floatProduct(alone);
            this.patches = parts.floatPatches(alone);
        }

        private void reserve(int numbers, int outputs) {
            if (block.length < numbers) {
                block = new float[numbers];
            }
            if (rows.length < outputs) {
                rows = new float[outputs];
            }
        }
    }
}
