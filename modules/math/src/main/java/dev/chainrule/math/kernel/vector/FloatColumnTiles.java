package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.kernel.vector.FloatSpecies.LANES;
import static dev.chainrule.math.kernel.vector.FloatSpecies.NR;
import static dev.chainrule.math.kernel.vector.FloatSpecies.S;

import jdk.incubator.vector.FloatVector;

/**
 * The tiles of a product as in {@link FloatRowTiles}, but with left read along its columns: element (i, k) is at
 * {@code at + i + k * across}. Here the loops count the index in the panel, and the range checks that must remain are those
 * of left: one serves all rows.
 */
final class FloatColumnTiles {
    private FloatColumnTiles() {}

    /**
     * Compute six rows of each band: out = chain of left·panel, begun at start. Bands are {@code band} elements apart in
     * left.
     */
    static void six(
            float[] left,
            int at,
            int across,
            float[] panel,
            int panelAt,
            int kc,
            float[] start,
            int startAt,
            int startDown,
            float[] out,
            int outAt,
            int outDown,
            int bands,
            int band) {
        int end = panelAt + kc * NR;
        for (int i = 0; i < bands; i++, at += band, startAt += 6 * startDown, outAt += 6 * outDown) {
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
            for (int p = at, q = panelAt; q < end; p += across, q += NR) {
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

    /** Compute four rows: out = chain of left·panel, begun at start. */
    static void four(
            float[] left,
            int at,
            int across,
            float[] panel,
            int panelAt,
            int kc,
            float[] start,
            int startAt,
            int startDown,
            float[] out,
            int outAt,
            int outDown) {
        int end = panelAt + kc * NR;
        FloatVector c00 = FloatVector.fromArray(S, start, startAt);
        FloatVector c01 = FloatVector.fromArray(S, start, startAt + LANES);
        FloatVector c10 = FloatVector.fromArray(S, start, startAt + startDown);
        FloatVector c11 = FloatVector.fromArray(S, start, startAt + startDown + LANES);
        FloatVector c20 = FloatVector.fromArray(S, start, startAt + 2 * startDown);
        FloatVector c21 = FloatVector.fromArray(S, start, startAt + 2 * startDown + LANES);
        FloatVector c30 = FloatVector.fromArray(S, start, startAt + 3 * startDown);
        FloatVector c31 = FloatVector.fromArray(S, start, startAt + 3 * startDown + LANES);
        for (int p = at, q = panelAt; q < end; p += across, q += NR) {
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
        }
        c00.intoArray(out, outAt);
        c01.intoArray(out, outAt + LANES);
        c10.intoArray(out, outAt + outDown);
        c11.intoArray(out, outAt + outDown + LANES);
        c20.intoArray(out, outAt + 2 * outDown);
        c21.intoArray(out, outAt + 2 * outDown + LANES);
        c30.intoArray(out, outAt + 3 * outDown);
        c31.intoArray(out, outAt + 3 * outDown + LANES);
    }

    /**
     * Compute two rows or one: out = chain of left·panel, begun at start. Both are in one method to make it so large that C2
     * compiles it separately.
     */
    static void few(
            int height,
            float[] left,
            int at,
            int across,
            float[] panel,
            int panelAt,
            int kc,
            float[] start,
            int startAt,
            int startDown,
            float[] out,
            int outAt,
            int outDown) {
        int end = panelAt + kc * NR;
        if (height == 2) {
            FloatVector c00 = FloatVector.fromArray(S, start, startAt);
            FloatVector c01 = FloatVector.fromArray(S, start, startAt + LANES);
            FloatVector c10 = FloatVector.fromArray(S, start, startAt + startDown);
            FloatVector c11 = FloatVector.fromArray(S, start, startAt + startDown + LANES);
            for (int p = at, q = panelAt; q < end; p += across, q += NR) {
                FloatVector x = FloatVector.fromArray(S, panel, q);
                FloatVector y = FloatVector.fromArray(S, panel, q + LANES);
                FloatVector f0 = FloatVector.broadcast(S, left[p]);
                c00 = f0.fma(x, c00);
                c01 = f0.fma(y, c01);
                FloatVector f1 = FloatVector.broadcast(S, left[p + 1]);
                c10 = f1.fma(x, c10);
                c11 = f1.fma(y, c11);
            }
            c00.intoArray(out, outAt);
            c01.intoArray(out, outAt + LANES);
            c10.intoArray(out, outAt + outDown);
            c11.intoArray(out, outAt + outDown + LANES);
        } else {
            FloatVector c00 = FloatVector.fromArray(S, start, startAt);
            FloatVector c01 = FloatVector.fromArray(S, start, startAt + LANES);
            for (int p = at, q = panelAt; q < end; p += across, q += NR) {
                FloatVector x = FloatVector.fromArray(S, panel, q);
                FloatVector y = FloatVector.fromArray(S, panel, q + LANES);
                FloatVector f0 = FloatVector.broadcast(S, left[p]);
                c00 = f0.fma(x, c00);
                c01 = f0.fma(y, c01);
            }
            c00.intoArray(out, outAt);
            c01.intoArray(out, outAt + LANES);
        }
    }
}
