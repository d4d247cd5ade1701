package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.kernel.vector.FloatPacking.isPair;
import static dev.chainrule.math.kernel.vector.FloatPacking.second;
import static dev.chainrule.math.kernel.vector.FloatPacking.vectors;
import static dev.chainrule.math.kernel.vector.FloatSpecies.LANES;
import static dev.chainrule.math.kernel.vector.FloatSpecies.NR;
import static dev.chainrule.math.kernel.vector.FloatSpecies.S;

import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.kernel.KernelParts;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The products of a convolution on the Vector API, without copies of patches: those of {@link FloatPatchProducts}, and the gradient
 * of the images.
 *
 * <p><b>Backward</b>, dx[place of (p, k)] += Σ delta[p, f]·w[k, f], f ascending from +0: for each place of the window, the outputs
 * times the weights of that place are rows of sums, one for each position, which are added to images with margins. A number receives
 * its sums in the order of positions if places descend, since the last one covers it at the first position. Threads share the images.
 * Blocks of patches are used as in plain Java if there are fewer images than threads, or if a pixel has so few numbers that most of
 * each vector would be wasted.
 */
final class FloatVectorConvolution extends FloatPatchProducts {
    /** If channels fill less than this part of a vector, and there are as many filters, blocks of patches are faster backward. */
    private static final int FEW = 8;

    private static final SeparateLoop ADD = new SeparateLoop(MethodHandles.lookup(), "addLoop");

    /** The outputs of each position, from those of the first image. */
    private int[] rows = new int[0];
    /** The numbers from 0 on: the filters, which are neighbours. */
    private int[] steps = new int[0];
    /** Whether the last vector of a pixel's gradient overlaps the one before it. */
    private boolean overlaps;
    /** The vectors that are divided into panels: those of a place if they overlap, else those of all places, backward. */
    private int units;
    /** Whether the gradient of the images is computed by blocks of patches. */
    private boolean blocks;

    FloatVectorConvolution(ThreadTeam team, KernelParts parts) {
        super(team, parts);
    }

    @Override
    protected void prepareBackward() {
        int channels = patches.count();
        blocks = count < workers.length || channels <= LANES / FEW && filters >= FEW;
        if (blocks) {
            super.prepareBackward();
            return;
        }
        prepare(true, Math.max(channels, LANES));
        int count = group * patches.positions();
        if (rows.length < count) {
            rows = new int[count];
        }
        for (int p = 0; p < count; p++) {
            rows[p] = p * all;
        }
        if (steps.length < filters) {
            steps = new int[filters];
            Arrays.setAll(steps, f -> f);
        }
        int vectors = vectors(channels);
        overlaps = channels > LANES && channels % LANES != 0;
        units = overlaps ? vectors : window() * vectors;
        reserve(window() * vectors * LANES * filters);
        for (int u = 0; u < window() * vectors; u += isPair(u % units, units) ? 2 : 1) {
            packTransposed(u, isPair(u % units, units));
        }
    }

    /** Copy the weights of one vector of a place, or of two, to a panel with a row for each filter. */
    private void packTransposed(int unit, boolean pair) {
        int channels = patches.count();
        int vectors = vectors(channels);
        int down = pair ? NR : LANES;
        int to = unit * LANES * filters;
        for (int c = 0; c < down; c++) {
            int place = window() - 1 - (unit + c / LANES) / vectors;
            int first = (unit + c / LANES) % vectors * LANES;
            int channel = (first + LANES <= channels || first == 0 ? first : channels - LANES) + c % LANES;
            int row = (place * channels + channel) * all + column;
            for (int f = 0; f < filters; f++) {
                packed[to + f * down + c] = channel < channels ? weights[row + f] : 0;
            }
        }
    }

    @Override
    protected void backward(int part, int parts) {
        if (blocks) {
            super.backward(part, parts);
            return;
        }
        Worker worker = workers[part];
        int each = patches.positions();
        int begin = share(count, part, parts);
        int end = share(count, part + 1, parts);
        if (!accumulate && patches.count() < patches.channels()) {
            Arrays.fill(images, begin * patches.pixels(), end * patches.pixels(), 0);
        }
        for (int image = begin; image < end; image += group) {
            int some = Math.min(group, end - image);
            worker.images = atLeast(worker.images, group * places.image());
            Arrays.fill(worker.images, 0, some * places.image(), 0);
            if (accumulate) {
                copyImages(worker.images, image, some, true);
            }
            int block = block(some * each);
            for (int p = 0; p < some * each; p += block) {
                backward(worker, image * each * all + column, p, Math.min(block, some * each - p));
            }
            copyImages(worker.images, image, some, false);
        }
    }

    /** Add the products of the outputs at some positions to the images. */
    private void backward(Worker worker, int at, int from, int some) {
        int end = window() * vectors(patches.count());
        for (int u = 0; u < end; u += isPair(u % units, units) ? 2 : 1) {
            boolean pair = isPair(u % units, units);
            int second = !pair ? 0 : overlaps ? second(u % units, patches.count()) : LANES;
            int down = pair ? NR : LANES;
            int panelAt = u * LANES * filters;
            worker.tiles.compute(
                    outputs,
                    at,
                    rows,
                    from,
                    some,
                    steps,
                    0,
                    filters,
                    packed,
                    panelAt,
                    second,
                    false,
                    worker.sums,
                    0,
                    down);
            if (overlaps) {
                add(worker, 0, down, second, from, some, shift(u));
            } else {
                add(worker, 0, down, 0, from, some, shift(u));
                if (pair) {
                    add(worker, LANES, down, 0, from, some, shift(u + 1));
                }
            }
        }
    }

    /** Return the number of places of the window. */
    private int window() {
        return patches.size() / patches.count();
    }

    /** Return the distance of a vector of a pixel's gradient from the first number of a patch: places descend, vectors ascend. */
    private int shift(int unit) {
        int vectors = vectors(patches.count());
        int place = window() - 1 - unit / vectors;
        return places.elements()[place * patches.count()] + unit % vectors * LANES;
    }

    private void add(Worker worker, int at, int down, int second, int from, int some, int shift) {
        try {
            ADD.method()
                    .invokeExact(worker.sums, at, down, second, places.positions(), from, some, worker.images, shift);
        } catch (Throwable e) {
            throw SeparateLoop.failure(e);
        }
    }

    /** Add rows of sums to images. Two vectors of a row may overlap and are computed before one is stored; there is one if second is 0. */
    private static void addLoop(
            float[] sums, int at, int down, int second, int[] places, int from, int count, float[] images, int shift) {
        for (int i = 0; second == 0 && i < count; i++) {
            int place = places[from + i] + shift;
            FloatVector.fromArray(S, images, place)
                    .add(FloatVector.fromArray(S, sums, at + i * down))
                    .intoArray(images, place);
        }
        for (int i = 0; second > 0 && i < count; i++) {
            int row = at + i * down;
            int place = places[from + i] + shift;
            FloatVector x = FloatVector.fromArray(S, images, place).add(FloatVector.fromArray(S, sums, row));
            FloatVector y =
                    FloatVector.fromArray(S, images, place + second).add(FloatVector.fromArray(S, sums, row + second));
            x.intoArray(images, place);
            y.intoArray(images, place + second);
        }
    }
}
