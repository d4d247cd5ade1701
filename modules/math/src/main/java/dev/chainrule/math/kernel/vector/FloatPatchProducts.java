package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.kernel.vector.FloatIndexedTiles.ROWS;
import static dev.chainrule.math.kernel.vector.FloatPacking.isPair;
import static dev.chainrule.math.kernel.vector.FloatPacking.panels;
import static dev.chainrule.math.kernel.vector.FloatPacking.second;
import static dev.chainrule.math.kernel.vector.FloatPacking.vectors;
import static dev.chainrule.math.kernel.vector.FloatSpecies.LANES;
import static dev.chainrule.math.kernel.vector.FloatSpecies.NR;

import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.Window;
import dev.chainrule.math.kernel.FloatConvolution;
import dev.chainrule.math.kernel.KernelParts;
import dev.chainrule.math.kernel.PatchPlaces;
import java.util.Arrays;

/**
 * The two products of a {@link FloatVectorConvolution} with patches as a factor, and the images that patches are read from.
 *
 * <p>Tiles read patches in place, at the places that {@link PatchPlaces} lists: in the images of the caller, or, if the window leaves
 * these, in copies with margins of zeros, a few images at a time.
 *
 * <p><b>Forward</b>, z[p, f] = Σ x[place of (p, k)]·w[k, f]: the rows of a tile are positions p, its steps the numbers k of a patch,
 * in the order (window row, window column, channel), the chain ascending from +0. Threads share the positions.
 *
 * <p><b>Gradient</b> of the weights, dw[k, f] = Σ x[place of (p, k)]·delta[p, f]: the rows are numbers k of a patch, the steps
 * positions p, the chain ascending from +0, or from the stored value when accumulating. The outputs of some positions are packed at a time; the next positions resume the chains
 * where they are stored. Threads share the rows.
 *
 * <p>If a result has fewer columns than a vector has lanes, its rows are computed as whole vectors, whose beginnings are then copied.
 */
abstract class FloatPatchProducts extends FloatConvolution {
    /**
     * The most positions whose sums are computed by a panel before those by the next: their outputs and the pixels that they see stay
     * in the first-level cache.
     */
    private static final int POSITIONS = 240;

    final Worker[] workers;
    final PatchPlaces places = new PatchPlaces();
    /** Weights in panels: for all rows of them, or, transposed, for each place of the window. */
    float[] packed = new float[0];
    /** The number of images computed together. */
    int group;
    /** Whether images have margins. */
    private boolean margins;

    FloatPatchProducts(ThreadTeam team, KernelParts parts) {
        super(team, parts);
        this.workers = new Worker[team.threads()];
        Arrays.setAll(workers, i -> new Worker());
    }

    /** The memory of a thread. */
    static final class Worker {
        /** Images with margins. */
        float[] images = new float[0];
        /** Outputs in panels. */
        float[] panels = new float[0];
        /** Rows of a result of few columns. */
        float[] narrow = new float[0];

        final FloatIndexedTiles tiles = new FloatIndexedTiles();
        /** Rows of sums to add to images. */
        final float[] sums = new float[(POSITIONS + ROWS) * NR];
    }

    @Override
    protected void prepareForward() {
        prepare(PatchPlaces.leaves(patches), patches.count());
        int size = patches.size();
        reserve(size * vectors(filters) * LANES);
        panels(weights, column, all, size, filters, packed);
    }

    @Override
    protected void prepareGradient() {
        prepare(PatchPlaces.leaves(patches), patches.count());
    }

    /** Compute the tables for images with margins and a distance between pixels, or for those of the caller. */
    final void prepare(boolean margins, int pixel) {
        this.margins = margins;
        this.group = Math.max(1, Math.min(count, patches.group()));
        places.compute(patches, group, margins, margins ? pixel : patches.channels());
    }

    final void reserve(int numbers) {
        if (packed.length < numbers) {
            packed = new float[numbers];
        }
    }

    /** Return the number of positions or steps of equal blocks of at most {@link #POSITIONS}, whole tiles unless it is the last. */
    static int block(int count) {
        int blocks = (count + POSITIONS - 1) / POSITIONS;
        return ((count + blocks - 1) / blocks + ROWS - 1) / ROWS * ROWS;
    }

    @Override
    protected void forward(int part, int parts) {
        Worker worker = workers[part];
        int each = patches.positions();
        int end = share(positions(), part + 1, parts);
        for (int first = share(positions(), part, parts); first < end; ) {
            int image = first / each;
            int from = first - image * each;
            int to = Math.min(from + end - first, group * each);
            float[] left = images(worker, image, (to + each - 1) / each);
            int at = imageAt(image);
            int block = block(to - from);
            for (int p = from; p < to; p += block) {
                forward(worker, left, at, p, Math.min(block, to - p), image * each + p);
            }
            first += to - from;
        }
    }

    /** Compute the outputs of some positions, from a row of the outputs on. */
    private void forward(Worker worker, float[] left, int at, int from, int some, int row) {
        boolean narrow = filters < LANES;
        if (narrow) {
            worker.narrow = atLeast(worker.narrow, some * LANES);
        }
        float[] out = narrow ? worker.narrow : outputs;
        int outAt = narrow ? 0 : row * all + column;
        int outDown = narrow ? LANES : all;
        int size = patches.size();
        int vectors = vectors(filters);
        for (int v = 0; v < vectors; v += isPair(v, vectors) ? 2 : 1) {
            boolean pair = isPair(v, vectors);
            int width = pair ? NR : LANES;
            for (int k = 0; k < size; k += Blocks.KC) {
                int steps = Math.min(Blocks.KC, size - k);
                int panelAt = v * LANES * size + k * width;
                worker.tiles.compute(
                        left,
                        at,
                        places.positions(),
                        from,
                        some,
                        places.elements(),
                        k,
                        steps,
                        packed,
                        panelAt,
                        pair ? second(v, filters) : 0,
                        k > 0,
                        out,
                        outAt + v * LANES,
                        outDown);
            }
        }
        if (narrow) {
            copy(out, 0, LANES, outputs, row * all + column, all, some, filters);
        }
    }

    @Override
    protected void gradient(int part, int parts) {
        Worker worker = workers[part];
        int from = share(patches.size(), part, parts);
        int some = share(patches.size(), part + 1, parts) - from;
        boolean narrow = filters < LANES;
        if (narrow) {
            worker.narrow = atLeast(worker.narrow, some * LANES);
            if (accumulate) {
                copy(weights, from * all + column, all, worker.narrow, 0, LANES, some, filters);
            }
        }
        float[] out = narrow ? worker.narrow : weights;
        int outAt = narrow ? 0 : from * all + column;
        int outDown = narrow ? LANES : all;
        int each = patches.positions();
        int vectors = vectors(filters);
        worker.panels = atLeast(worker.panels, (POSITIONS + ROWS) * vectors * LANES);
        for (int image = 0; image < count; image += group) {
            int images = Math.min(group, count - image);
            float[] left = images(worker, image, images);
            int at = imageAt(image);
            int block = block(images * each);
            for (int p = 0; p < images * each; p += block) {
                int steps = Math.min(block, images * each - p);
                panels(outputs, (image * each + p) * all + column, all, steps, filters, worker.panels);
                for (int v = 0; v < vectors; v += isPair(v, vectors) ? 2 : 1) {
                    worker.tiles.compute(
                            left,
                            at,
                            places.elements(),
                            from,
                            some,
                            places.positions(),
                            p,
                            steps,
                            worker.panels,
                            v * LANES * steps,
                            isPair(v, vectors) ? second(v, filters) : 0,
                            accumulate || image + p > 0,
                            out,
                            outAt + v * LANES,
                            outDown);
                }
            }
        }
        if (narrow && count > 0) {
            copy(out, 0, LANES, weights, from * all + column, all, some, filters);
        }
        for (int k = from; count == 0 && !accumulate && k < from + some; k++) {
            Arrays.fill(weights, k * all + column, k * all + column + filters, 0);
        }
    }

    static float[] atLeast(float[] array, int length) {
        return array.length < length ? new float[length] : array;
    }

    /** Return the array with some images, copied to ones with margins if necessary. */
    private float[] images(Worker worker, int image, int some) {
        if (!margins) {
            return images;
        }
        worker.images = atLeast(worker.images, group * places.image());
        Arrays.fill(worker.images, 0, some * places.image(), 0);
        copyImages(worker.images, image, some, true);
        return worker.images;
    }

    /** Return the index of the first number of an image in the array returned by {@link #images}. */
    private int imageAt(int image) {
        return margins ? 0 : image * patches.pixels() + patches.first();
    }

    /** Copy the channels of images to ones with margins, or back. */
    final void copyImages(float[] own, int image, int some, boolean take) {
        Window vertical = patches.vertical();
        Window horizontal = patches.horizontal();
        int channels = patches.channels();
        int length = horizontal.length();
        int pixel = places.pixel();
        for (int i = 0; i < some; i++) {
            int at = (image + i) * patches.pixels() + patches.first();
            int ownAt = i * places.image() + vertical.before() * places.line() + horizontal.before() * pixel;
            for (int y = 0; y < vertical.length(); y++, at += length * channels, ownAt += places.line()) {
                if (take) {
                    copy(images, at, channels, own, ownAt, pixel, length, patches.count());
                } else {
                    copy(own, ownAt, pixel, images, at, channels, length, patches.count());
                }
            }
        }
    }
}
