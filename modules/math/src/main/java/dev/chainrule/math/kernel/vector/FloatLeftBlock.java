package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.function.FloatConstants.SIGN_BIT;
import static dev.chainrule.math.kernel.vector.Blocks.MC;
import static dev.chainrule.math.kernel.vector.Blocks.MR;
import static dev.chainrule.math.kernel.vector.Blocks.ROW_DOWN;
import static dev.chainrule.math.kernel.vector.FloatSpecies.BITS;
import static dev.chainrule.math.kernel.vector.FloatSpecies.LANES;
import static dev.chainrule.math.kernel.vector.FloatSpecies.NR;
import static dev.chainrule.math.kernel.vector.FloatSpecies.S;

import dev.chainrule.math.function.Bits;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * A packed block of left, in the order in which tiles read it: by rows or by columns as stored, and, if that pays, without
 * zeros.
 *
 * <p>In that case, each band of six rows keeps only the steps of k at which one of the six is not zero. Images have margins,
 * and one-hot encodings are mostly zeros; of a batch of MNIST's digits, four steps of ten are kept. The bits are those of the
 * whole chain: fma(±0, b, c) is c for every finite b and every c except −0. A chain that begins at +0 becomes −0 only by
 * underflow. So the two exceptions are a right that is not finite, and a result of −0; the caller handles both.
 */
final class FloatLeftBlock {
    /** The percentage of kept steps at which skipping the others gains nothing: a step that is looked up takes longer. */
    private static final int MOST = 80;
    /** One in this number of bands is examined first, to decide whether skipping pays. */
    private static final int SAMPLE = 8;

    /** The bits of a column's six numbers without their signs, in as many vectors as necessary. */
    private static final IntVector FIRST = magnitudes(0);

    private static final IntVector SECOND = magnitudes(LANES);
    private static final IntVector THIRD = magnitudes(2 * LANES);

    private static final SeparateLoop UNITE = new SeparateLoop(MethodHandles.lookup(), "uniteLoop");
    private static final SeparateLoop CHOOSE = new SeparateLoop(MethodHandles.lookup(), "chooseLoop");
    private static final SeparateLoop FIND_NEGATIVE_ZERO =
            new SeparateLoop(MethodHandles.lookup(), "findNegativeZeroLoop");

    private float[] packed = new float[0];
    private boolean kept;
    private int steps;
    private float[] values = new float[0]; // step t of band b: six numbers from index b·band + t·MR
    private int[] places = new int[0]; // the index of its row in a panel: k·NR at b·kc + t
    private final int[] counts = new int[MC / MR];
    private final @Bits int[] unions = new @Bits int[ROW_DOWN];

    /**
     * Pack a block.
     *
     * @param from the block's index in left
     * @param down the distance between rows
     * @param across the distance between columns
     * @param looks whether to look for zeros
     * @return whether only some steps are kept
     */
    boolean pack(float[] left, int from, int down, int across, int rows, int kc, boolean looks) {
        int bands = rows / MR;
        int room = (bands + 1) * (across == 1 ? MR * ROW_DOWN : FloatPacking.band(kc));
        if (packed.length < room) {
            packed = new float[room];
        }
        if (across == 1) {
            FloatPacking.rows(left, from, down, rows, kc, packed);
        } else {
            FloatPacking.columns(left, from, across, rows, kc, packed);
        }
        kept = looks && bands > 0 && (across == 1 ? takeRows(bands, kc) : takeColumns(bands, kc));
        return kept;
    }

    /** Return the whole block. */
    float[] packed() {
        return packed;
    }

    /** Return whether only some steps are kept: {@link #tiles} computes with them. */
    boolean isKept() {
        return kept;
    }

    private static IntVector magnitudes(int from) {
        @Bits int[] bits = new @Bits int[LANES];
        for (int i = 0; i < LANES && from + i < MR; i++) {
            bits[i] = ~SIGN_BIT;
        }
        return IntVector.fromArray(BITS, bits, 0);
    }

    private boolean takeRows(int bands, int kc) {
        reserve(bands, kc);
        int band = FloatPacking.band(kc);
        int sum = 0;
        for (int first = 0; first < SAMPLE; first++) {
            for (int b = first; b < bands; b += SAMPLE) {
                int from = b * MR * ROW_DOWN;
                unite(packed, from, kc, unions);
                counts[b] = choose(unions, kc, places, b * kc);
                gather(packed, from, places, b * kc, counts[b], values, b * band);
                sum += counts[b];
            }
            if (first == 0 && isMost(sum, bands, kc)) {
                return false;
            }
        }
        return true;
    }

    private boolean takeColumns(int bands, int kc) {
        reserve(bands, kc);
        int band = FloatPacking.band(kc);
        int sum = 0;
        for (int first = 0; first < SAMPLE; first++) {
            for (int b = first; b < bands; b += SAMPLE) {
                counts[b] = choose(packed, b * band, kc, places, b * kc, values);
                sum += counts[b];
            }
            if (first == 0 && isMost(sum, bands, kc)) {
                return false;
            }
        }
        return true;
    }

    private void reserve(int bands, int kc) {
        steps = kc;
        if (places.length < bands * kc) {
            places = new int[bands * kc];
        }
        if (values.length < bands * FloatPacking.band(kc)) {
            values = new float[bands * FloatPacking.band(kc)];
        }
    }

    private static boolean isMost(int sampled, int bands, int kc) {
        return sampled * 100 > (bands + SAMPLE - 1) / SAMPLE * kc * MOST;
    }

    /** Combine the bits of six rows by OR, for each k. */
    private static void unite(float[] left, int from, int kc, @Bits int[] unions) {
        try {
            UNITE.method().invokeExact(left, from, kc, unions);
        } catch (Throwable e) {
            throw SeparateLoop.failure(e);
        }
    }

    private static void uniteLoop(float[] left, int from, int kc, @Bits int[] unions) {
        for (int k = 0; k < kc; k += LANES) {
            int at = from + k;
            FloatVector.fromArray(S, left, at)
                    .reinterpretAsInts()
                    .or(FloatVector.fromArray(S, left, at + ROW_DOWN).reinterpretAsInts())
                    .or(FloatVector.fromArray(S, left, at + 2 * ROW_DOWN).reinterpretAsInts())
                    .or(FloatVector.fromArray(S, left, at + 3 * ROW_DOWN).reinterpretAsInts())
                    .or(FloatVector.fromArray(S, left, at + 4 * ROW_DOWN).reinterpretAsInts())
                    .or(FloatVector.fromArray(S, left, at + 5 * ROW_DOWN).reinterpretAsInts())
                    .intoArray(unions, k);
        }
    }

    /** List the steps at which a bit other than the sign is set, starting at index {@code at}; return their number. */
    @SuppressWarnings("cast") // an int here, a long in the source for double
    private static int choose(@Bits int[] unions, int kc, int[] places, int at) {
        int next = at;
        for (int k = 0; k < kc; k++) {
            @Bits int magnitude = unions[k] << 1;
            places[next] = k * NR;
            next += (int) ((magnitude | -magnitude) >>> (Float.SIZE - 1));
        }
        return next - at;
    }

    private static void gather(float[] left, int from, int[] places, int at, int count, float[] values, int valuesAt) {
        for (int t = at, to = valuesAt; t < at + count; t++, to += MR) {
            int place = from + places[t] / NR;
            values[to] = left[place];
            values[to + 1] = left[place + ROW_DOWN];
            values[to + 2] = left[place + 2 * ROW_DOWN];
            values[to + 3] = left[place + 3 * ROW_DOWN];
            values[to + 4] = left[place + 4 * ROW_DOWN];
            values[to + 5] = left[place + 5 * ROW_DOWN];
        }
    }

    /**
     * List the steps at which six consecutive numbers are not all zero, and copy these numbers to the same band of values;
     * return the number of steps.
     */
    private static int choose(float[] left, int from, int kc, int[] places, int at, float[] values) {
        try {
            return (int) CHOOSE.method().invokeExact(left, from, kc, places, at, values);
        } catch (Throwable e) {
            throw SeparateLoop.failure(e);
        }
    }

    private static int chooseLoop(float[] left, int from, int kc, int[] places, int at, float[] values) {
        int next = at;
        for (int k = 0; k < kc; k++) {
            boolean any = false;
            for (int i = 0; i < MR; i += LANES) {
                FloatVector x = FloatVector.fromArray(S, left, from + k * MR + i);
                x.intoArray(values, from + (next - at) * MR + i); // excess elements are overwritten by the next step
                IntVector magnitudes = i == 0 ? FIRST : i == LANES ? SECOND : THIRD;
                any |= isAny(x.reinterpretAsInts().and(magnitudes));
            }
            places[next] = k * NR;
            next += any ? 1 : 0;
        }
        return next - at;
    }

    /** Return whether any lane is not 0; without a mask if there are two lanes, as C2 allocates an object for such a mask. */
    private static boolean isAny(IntVector bits) {
        return LANES == 2
                ? bits.reduceLanes(VectorOperators.OR) != 0
                : bits.compare(VectorOperators.NE, 0).anyTrue();
    }

    /**
     * Return whether all of {@code count} rows of panels are finite: 0 times a number that is not finite is NaN. Twelve sums
     * hide the latency of fma, and make the method so large that C2 compiles it separately, as required of a
     * {@link SeparateLoop}.
     */
    static boolean isFinite(float[] x, int count) {
        FloatVector zero = FloatVector.zero(S);
        FloatVector s0 = zero;
        FloatVector s1 = zero;
        FloatVector s2 = zero;
        FloatVector s3 = zero;
        FloatVector s4 = zero;
        FloatVector s5 = zero;
        FloatVector s6 = zero;
        FloatVector s7 = zero;
        FloatVector s8 = zero;
        FloatVector s9 = zero;
        FloatVector sa = zero;
        FloatVector sb = zero;
        int end = count * NR;
        int i = 0;
        for (; i <= end - 6 * NR; i += 6 * NR) {
            s0 = FloatVector.fromArray(S, x, i).fma(zero, s0);
            s1 = FloatVector.fromArray(S, x, i + LANES).fma(zero, s1);
            s2 = FloatVector.fromArray(S, x, i + 2 * LANES).fma(zero, s2);
            s3 = FloatVector.fromArray(S, x, i + 3 * LANES).fma(zero, s3);
            s4 = FloatVector.fromArray(S, x, i + 4 * LANES).fma(zero, s4);
            s5 = FloatVector.fromArray(S, x, i + 5 * LANES).fma(zero, s5);
            s6 = FloatVector.fromArray(S, x, i + 6 * LANES).fma(zero, s6);
            s7 = FloatVector.fromArray(S, x, i + 7 * LANES).fma(zero, s7);
            s8 = FloatVector.fromArray(S, x, i + 8 * LANES).fma(zero, s8);
            s9 = FloatVector.fromArray(S, x, i + 9 * LANES).fma(zero, s9);
            sa = FloatVector.fromArray(S, x, i + 10 * LANES).fma(zero, sa);
            sb = FloatVector.fromArray(S, x, i + 11 * LANES).fma(zero, sb);
        }
        for (; i < end; i += NR) {
            s0 = FloatVector.fromArray(S, x, i).fma(zero, s0);
            s1 = FloatVector.fromArray(S, x, i + LANES).fma(zero, s1);
        }
        FloatVector sum = s0.add(s1)
                .add(s2)
                .add(s3)
                .add(s4)
                .add(s5)
                .add(s6)
                .add(s7)
                .add(s8)
                .add(s9)
                .add(sa)
                .add(sb);
        return sum.reduceLanes(VectorOperators.ADD) == 0;
    }

    /** Return the index of the first −0, or {@code to} if there is none. */
    static int negativeZero(float[] x, int from, int to) {
        int i = from;
        if (LANES > 2) { // C2 allocates an object for a mask of two lanes
            try {
                i = (int) FIND_NEGATIVE_ZERO.method().invokeExact(x, from, to - NR);
            } catch (Throwable e) {
                throw SeparateLoop.failure(e);
            }
        }
        while (i < to && Float.floatToRawIntBits(x[i]) != SIGN_BIT) {
            i++;
        }
        return i;
    }

    /** Return the index of the first pair of vectors that contains a −0, beyond {@code last} if there is none. */
    private static int findNegativeZeroLoop(float[] x, int from, int last) {
        int i = from;
        for (; i <= last; i += NR) {
            IntVector first = FloatVector.fromArray(S, x, i).reinterpretAsInts();
            IntVector second = FloatVector.fromArray(S, x, i + LANES).reinterpretAsInts();
            if (first.compare(VectorOperators.EQ, SIGN_BIT)
                    .or(second.compare(VectorOperators.EQ, SIGN_BIT))
                    .anyTrue()) {
                return i;
            }
        }
        return i;
    }

    /** Compute the tiles of six rows of all bands: out = chain of left·panel, begun at start. */
    void tiles(
            float[] panel,
            int panelAt,
            float[] start,
            int startAt,
            int startDown,
            float[] out,
            int outAt,
            int outDown,
            int bands) {
        six(values, MR, panel, panelAt, places, steps, counts, start, startAt, startDown, out, outAt, outDown, bands);
    }

    /**
     * Compute six rows of each band. As C2 does not know {@code across}, which is 6, the range checks of left remain and
     * separate its reads; without them it spills.
     */
    private static void six(
            float[] left,
            int across,
            float[] panel,
            int panelAt,
            int[] places,
            int steps,
            int[] counts,
            float[] start,
            int startAt,
            int startDown,
            float[] out,
            int outAt,
            int outDown,
            int bands) {
        int band = FloatPacking.band(steps);
        for (int i = 0; i < bands; i++, startAt += 6 * startDown, outAt += 6 * outDown) {
            FloatVector c00 = FloatVector.fromArray(S, start, startAt);
            FloatVector c01 = FloatVector.fromArray(S, start, startAt + LANES);
            FloatVector c10 = FloatVector.fromArray(S, start, startAt + startDown);
            FloatVector c11 = FloatVector.fromArray(S, start, startAt + startDown + LANES);
            FloatVector c20 = FloatVector.fromArray(S, start, startAt + 2 * startDown);
            FloatVector c21 = FloatVector.fromArray(S, start, startAt + 2 * startDown + LANES);
            FloatVector c30 = FloatVector.fromArray(S, start, startAt + 3 * startDown);
            FloatVector c31 = FloatVector.fromArray(S, start, startAt + 3 * startDown + LANES);
            FloatVector c40 = FloatVector.fromArray(S, start, startAt + 4 * startDown);
            FloatVector c41 = FloatVector.fromArray(S, start, startAt + 4 * startDown + LANES);
            FloatVector c50 = FloatVector.fromArray(S, start, startAt + 5 * startDown);
            FloatVector c51 = FloatVector.fromArray(S, start, startAt + 5 * startDown + LANES);
            int end = i * steps + counts[i];
            for (int t = i * steps, p = i * band; t < end; t++, p += across) {
                int q = panelAt + places[t];
                FloatVector x = FloatVector.fromArray(S, panel, q);
                FloatVector y = FloatVector.fromArray(S, panel, q + LANES);
                FloatVector f0 = FloatVector.broadcast(S, left[p]);
                c00 = f0.fma(x, c00);
                c01 = f0.fma(y, c01);
                FloatVector f1 = FloatVector.broadcast(S, left[p + 1]);
                c10 = f1.fma(x, c10);
                c11 = f1.fma(y, c11);
                FloatVector f2 = FloatVector.broadcast(S, left[p + 2]);
                c20 = f2.fma(x, c20);
                c21 = f2.fma(y, c21);
                FloatVector f3 = FloatVector.broadcast(S, left[p + 3]);
                c30 = f3.fma(x, c30);
                c31 = f3.fma(y, c31);
                FloatVector f4 = FloatVector.broadcast(S, left[p + 4]);
                c40 = f4.fma(x, c40);
                c41 = f4.fma(y, c41);
                FloatVector f5 = FloatVector.broadcast(S, left[p + 5]);
                c50 = f5.fma(x, c50);
                c51 = f5.fma(y, c51);
            }
            c00.intoArray(out, outAt);
            c01.intoArray(out, outAt + LANES);
            c10.intoArray(out, outAt + outDown);
            c11.intoArray(out, outAt + outDown + LANES);
            c20.intoArray(out, outAt + 2 * outDown);
            c21.intoArray(out, outAt + 2 * outDown + LANES);
            c30.intoArray(out, outAt + 3 * outDown);
            c31.intoArray(out, outAt + 3 * outDown + LANES);
            c40.intoArray(out, outAt + 4 * outDown);
            c41.intoArray(out, outAt + 4 * outDown + LANES);
            c50.intoArray(out, outAt + 5 * outDown);
            c51.intoArray(out, outAt + 5 * outDown + LANES);
        }
    }
}
