package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.kernel.vector.Blocks.ROW_DOWN;
import static dev.chainrule.math.kernel.vector.FloatSpecies.LANES;
import static dev.chainrule.math.kernel.vector.FloatSpecies.NR;
import static dev.chainrule.math.kernel.vector.FloatSpecies.S;

import jdk.incubator.vector.FloatVector;

/**
 * The tiles of a product, up to six rows by two vectors, with left read along its rows: element (i, k) is at
 * {@code at + i * down + k * step}. The step is 1, but C2 must not know it: without range checks between the reads of left it
 * moves all of them before the chains, runs out of AVX2's sixteen registers, and spilling halves the speed (JDK 17).
 *
 * <p>The two vectors of right come from a panel, row k at {@code panelAt + k * panelDown}, packed or not; the second is
 * {@code second} columns after the first and may overlap it, as both then compute the same bits. The chain of
 * element (i, j) of a tile begins at {@code start[startAt + i * startDown + j]} and is stored in
 * {@code out[outAt + i * outDown + j]}. Six rows need twelve accumulators, two vectors of right and one of left: fifteen of
 * the sixteen registers that AVX2 has, and twelve independent chains, enough to hide the latency of fma. Accumulators are
 * local variables and not an array, since C2 keeps only those in registers.
 */
final class FloatRowTiles {
    private FloatRowTiles() {}

    /**
     * Multiply six rows of packed left, {@link Blocks#ROW_DOWN} apart, by a packed panel, for each band: out = chain of
     * left·panel, begun at start. One index serves all rows, and the loop counts the index in the panel: so two range checks
     * of left remain, which separate its reads. If the loop counted the index in left and the panel were checked, JDK 25
     * would spill.
     */
    static void packedSix(
            float[] left,
            int at,
            float[] panel,
            int panelAt,
            int kc,
            float[] start,
            int startAt,
            int startDown,
            float[] out,
            int outAt,
            int outDown,
            int bands) {
        int end = panelAt + kc * NR;
        for (int i = 0; i < bands; i++, at += 6 * ROW_DOWN, startAt += 6 * startDown, outAt += 6 * outDown) {
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
            for (int p = at, q = panelAt; q < end; p++, q += NR) {
                FloatVector x = FloatVector.fromArray(S, panel, q);
                FloatVector y = FloatVector.fromArray(S, panel, q + LANES);
                FloatVector f0 = FloatVector.broadcast(S, left[p]);
                c00 = f0.fma(x, c00);
                c01 = f0.fma(y, c01);
                FloatVector f1 = FloatVector.broadcast(S, left[p + ROW_DOWN]);
                c10 = f1.fma(x, c10);
                c11 = f1.fma(y, c11);
                FloatVector f2 = FloatVector.broadcast(S, left[p + 2 * ROW_DOWN]);
                c20 = f2.fma(x, c20);
                c21 = f2.fma(y, c21);
                FloatVector f3 = FloatVector.broadcast(S, left[p + 3 * ROW_DOWN]);
                c30 = f3.fma(x, c30);
                c31 = f3.fma(y, c31);
                FloatVector f4 = FloatVector.broadcast(S, left[p + 4 * ROW_DOWN]);
                c40 = f4.fma(x, c40);
                c41 = f4.fma(y, c41);
                FloatVector f5 = FloatVector.broadcast(S, left[p + 5 * ROW_DOWN]);
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

    /** Compute six rows: out = chain of left·panel, begun at start. */
    static void six(
            float[] left,
            int at,
            int down,
            int step,
            float[] panel,
            int panelAt,
            int panelDown,
            int second,
            int kc,
            float[] start,
            int startAt,
            int startDown,
            float[] out,
            int outAt,
            int outDown) {
        int at1 = at + down;
        int at2 = at + 2 * down;
        int at3 = at + 3 * down;
        int at4 = at + 4 * down;
        int at5 = at + 5 * down;
        FloatVector c00 = FloatVector.fromArray(S, start, startAt);
        FloatVector c01 = FloatVector.fromArray(S, start, startAt + second);
        FloatVector c10 = FloatVector.fromArray(S, start, startAt + startDown);
        FloatVector c11 = FloatVector.fromArray(S, start, startAt + startDown + second);
        FloatVector c20 = FloatVector.fromArray(S, start, startAt + 2 * startDown);
        FloatVector c21 = FloatVector.fromArray(S, start, startAt + 2 * startDown + second);
        FloatVector c30 = FloatVector.fromArray(S, start, startAt + 3 * startDown);
        FloatVector c31 = FloatVector.fromArray(S, start, startAt + 3 * startDown + second);
        FloatVector c40 = FloatVector.fromArray(S, start, startAt + 4 * startDown);
        FloatVector c41 = FloatVector.fromArray(S, start, startAt + 4 * startDown + second);
        FloatVector c50 = FloatVector.fromArray(S, start, startAt + 5 * startDown);
        FloatVector c51 = FloatVector.fromArray(S, start, startAt + 5 * startDown + second);
        for (int k = 0, p = 0, q = panelAt; k < kc; k++, p += step, q += panelDown) {
            FloatVector x = FloatVector.fromArray(S, panel, q);
            FloatVector y = FloatVector.fromArray(S, panel, q + second);
            FloatVector f0 = FloatVector.broadcast(S, left[at + p]);
            c00 = f0.fma(x, c00);
            c01 = f0.fma(y, c01);
            FloatVector f1 = FloatVector.broadcast(S, left[at1 + p]);
            c10 = f1.fma(x, c10);
            c11 = f1.fma(y, c11);
            FloatVector f2 = FloatVector.broadcast(S, left[at2 + p]);
            c20 = f2.fma(x, c20);
            c21 = f2.fma(y, c21);
            FloatVector f3 = FloatVector.broadcast(S, left[at3 + p]);
            c30 = f3.fma(x, c30);
            c31 = f3.fma(y, c31);
            FloatVector f4 = FloatVector.broadcast(S, left[at4 + p]);
            c40 = f4.fma(x, c40);
            c41 = f4.fma(y, c41);
            FloatVector f5 = FloatVector.broadcast(S, left[at5 + p]);
            c50 = f5.fma(x, c50);
            c51 = f5.fma(y, c51);
        }
        c00.intoArray(out, outAt);
        c01.intoArray(out, outAt + second);
        c10.intoArray(out, outAt + outDown);
        c11.intoArray(out, outAt + outDown + second);
        c20.intoArray(out, outAt + 2 * outDown);
        c21.intoArray(out, outAt + 2 * outDown + second);
        c30.intoArray(out, outAt + 3 * outDown);
        c31.intoArray(out, outAt + 3 * outDown + second);
        c40.intoArray(out, outAt + 4 * outDown);
        c41.intoArray(out, outAt + 4 * outDown + second);
        c50.intoArray(out, outAt + 5 * outDown);
        c51.intoArray(out, outAt + 5 * outDown + second);
    }

    /** Compute four rows: out = chain of left·panel, begun at start. */
    static void four(
            float[] left,
            int at,
            int down,
            int step,
            float[] panel,
            int panelAt,
            int panelDown,
            int second,
            int kc,
            float[] start,
            int startAt,
            int startDown,
            float[] out,
            int outAt,
            int outDown) {
        int at1 = at + down;
        int at2 = at + 2 * down;
        int at3 = at + 3 * down;
        FloatVector c00 = FloatVector.fromArray(S, start, startAt);
        FloatVector c01 = FloatVector.fromArray(S, start, startAt + second);
        FloatVector c10 = FloatVector.fromArray(S, start, startAt + startDown);
        FloatVector c11 = FloatVector.fromArray(S, start, startAt + startDown + second);
        FloatVector c20 = FloatVector.fromArray(S, start, startAt + 2 * startDown);
        FloatVector c21 = FloatVector.fromArray(S, start, startAt + 2 * startDown + second);
        FloatVector c30 = FloatVector.fromArray(S, start, startAt + 3 * startDown);
        FloatVector c31 = FloatVector.fromArray(S, start, startAt + 3 * startDown + second);
        for (int k = 0, p = 0, q = panelAt; k < kc; k++, p += step, q += panelDown) {
            FloatVector x = FloatVector.fromArray(S, panel, q);
            FloatVector y = FloatVector.fromArray(S, panel, q + second);
            FloatVector f0 = FloatVector.broadcast(S, left[at + p]);
            c00 = f0.fma(x, c00);
            c01 = f0.fma(y, c01);
            FloatVector f1 = FloatVector.broadcast(S, left[at1 + p]);
            c10 = f1.fma(x, c10);
            c11 = f1.fma(y, c11);
            FloatVector f2 = FloatVector.broadcast(S, left[at2 + p]);
            c20 = f2.fma(x, c20);
            c21 = f2.fma(y, c21);
            FloatVector f3 = FloatVector.broadcast(S, left[at3 + p]);
            c30 = f3.fma(x, c30);
            c31 = f3.fma(y, c31);
        }
        c00.intoArray(out, outAt);
        c01.intoArray(out, outAt + second);
        c10.intoArray(out, outAt + outDown);
        c11.intoArray(out, outAt + outDown + second);
        c20.intoArray(out, outAt + 2 * outDown);
        c21.intoArray(out, outAt + 2 * outDown + second);
        c30.intoArray(out, outAt + 3 * outDown);
        c31.intoArray(out, outAt + 3 * outDown + second);
    }

    /**
     * Compute two rows or one: out = chain of left·panel, begun at start. Both are in one method to make it so large that C2
     * compiles it separately.
     */
    static void few(
            int height,
            float[] left,
            int at,
            int down,
            int step,
            float[] panel,
            int panelAt,
            int panelDown,
            int second,
            int kc,
            float[] start,
            int startAt,
            int startDown,
            float[] out,
            int outAt,
            int outDown) {
        if (height == 2) {
            int at1 = at + down;
            FloatVector c00 = FloatVector.fromArray(S, start, startAt);
            FloatVector c01 = FloatVector.fromArray(S, start, startAt + second);
            FloatVector c10 = FloatVector.fromArray(S, start, startAt + startDown);
            FloatVector c11 = FloatVector.fromArray(S, start, startAt + startDown + second);
            for (int k = 0, p = 0, q = panelAt; k < kc; k++, p += step, q += panelDown) {
                FloatVector x = FloatVector.fromArray(S, panel, q);
                FloatVector y = FloatVector.fromArray(S, panel, q + second);
                FloatVector f0 = FloatVector.broadcast(S, left[at + p]);
                c00 = f0.fma(x, c00);
                c01 = f0.fma(y, c01);
                FloatVector f1 = FloatVector.broadcast(S, left[at1 + p]);
                c10 = f1.fma(x, c10);
                c11 = f1.fma(y, c11);
            }
            c00.intoArray(out, outAt);
            c01.intoArray(out, outAt + second);
            c10.intoArray(out, outAt + outDown);
            c11.intoArray(out, outAt + outDown + second);
        } else {
            FloatVector c00 = FloatVector.fromArray(S, start, startAt);
            FloatVector c01 = FloatVector.fromArray(S, start, startAt + second);
            for (int k = 0, p = 0, q = panelAt; k < kc; k++, p += step, q += panelDown) {
                FloatVector x = FloatVector.fromArray(S, panel, q);
                FloatVector y = FloatVector.fromArray(S, panel, q + second);
                FloatVector f0 = FloatVector.broadcast(S, left[at + p]);
                c00 = f0.fma(x, c00);
                c01 = f0.fma(y, c01);
            }
            c00.intoArray(out, outAt);
            c01.intoArray(out, outAt + second);
        }
    }
}
