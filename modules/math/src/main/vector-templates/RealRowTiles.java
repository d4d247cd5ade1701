package dev.chainrule.math.vector;

import static dev.chainrule.math.vector.Blocks.ROW_DOWN;
import static dev.chainrule.math.vector.@Real@Species.LANES;
import static dev.chainrule.math.vector.@Real@Species.S;

import jdk.incubator.vector.@Real@Vector;

/**
 * Compute tiles of a product, up to six rows by two vectors, with left packed by rows: element (i, k) lies at
 * {@code at + i * ROW_DOWN + k}.
 *
 * <p>The two vectors of right come from a panel, row k at {@code panelAt + k * panelDown}, packed or not; element (i, j) of a
 * tile begins its chain at {@code start[startAt + i * startDown + j]} and goes to {@code out[outAt + i * outDown + j]}. Six rows
 * need twelve accumulators, two vectors of right and one of left: fifteen of the sixteen registers that AVX2 has, and twelve
 * independent chains, enough to hide the latency of fma. Accumulators are local variables and not an array, since C2 keeps
 * only those in registers.
 *
 * <p>The loops count what left is read by, so that its range checks leave them and one register addresses all rows. Those
 * of the panel must stay: without any, C2 puts all reads before the chains, runs out of AVX2's registers, and half the speed
 * is lost to spilling (JDK 17). So panelDown must be no constant either.
 */
final class @Real@RowTiles {
    private @Real@RowTiles() {}

    /** Six rows, and the next six while there are bands: out = chain of left·panel, begun at start. */
    static void six(
            @real@[] left, int at, @real@[] panel, int panelAt, int panelDown, int depth,
            @real@[] start, int startAt, int startDown, @real@[] out, int outAt, int outDown, int bands) {
        for (int i = 0; i < bands; i++, at += 6 * ROW_DOWN, startAt += 6 * startDown, outAt += 6 * outDown) {
            int end = at + depth;
            @Real@Vector c00 = @Real@Vector.fromArray(S, start, startAt);
            @Real@Vector c01 = @Real@Vector.fromArray(S, start, startAt + LANES);
            @Real@Vector c10 = @Real@Vector.fromArray(S, start, startAt + startDown);
            @Real@Vector c11 = @Real@Vector.fromArray(S, start, startAt + startDown + LANES);
            @Real@Vector c20 = @Real@Vector.fromArray(S, start, startAt + 2 * startDown);
            @Real@Vector c21 = @Real@Vector.fromArray(S, start, startAt + 2 * startDown + LANES);
            @Real@Vector c30 = @Real@Vector.fromArray(S, start, startAt + 3 * startDown);
            @Real@Vector c31 = @Real@Vector.fromArray(S, start, startAt + 3 * startDown + LANES);
            @Real@Vector c40 = @Real@Vector.fromArray(S, start, startAt + 4 * startDown);
            @Real@Vector c41 = @Real@Vector.fromArray(S, start, startAt + 4 * startDown + LANES);
            @Real@Vector c50 = @Real@Vector.fromArray(S, start, startAt + 5 * startDown);
            @Real@Vector c51 = @Real@Vector.fromArray(S, start, startAt + 5 * startDown + LANES);
            for (int p = at, q = panelAt; p < end; p++, q += panelDown) {
                @Real@Vector x = @Real@Vector.fromArray(S, panel, q);
                @Real@Vector y = @Real@Vector.fromArray(S, panel, q + LANES);
                @Real@Vector f0 = @Real@Vector.broadcast(S, left[p]);
                c00 = f0.fma(x, c00);
                c01 = f0.fma(y, c01);
                @Real@Vector f1 = @Real@Vector.broadcast(S, left[p + ROW_DOWN]);
                c10 = f1.fma(x, c10);
                c11 = f1.fma(y, c11);
                @Real@Vector f2 = @Real@Vector.broadcast(S, left[p + 2 * ROW_DOWN]);
                c20 = f2.fma(x, c20);
                c21 = f2.fma(y, c21);
                @Real@Vector f3 = @Real@Vector.broadcast(S, left[p + 3 * ROW_DOWN]);
                c30 = f3.fma(x, c30);
                c31 = f3.fma(y, c31);
                @Real@Vector f4 = @Real@Vector.broadcast(S, left[p + 4 * ROW_DOWN]);
                c40 = f4.fma(x, c40);
                c41 = f4.fma(y, c41);
                @Real@Vector f5 = @Real@Vector.broadcast(S, left[p + 5 * ROW_DOWN]);
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

    /** Four rows: out = chain of left·panel, begun at start. */
    static void four(
            @real@[] left, int at, @real@[] panel, int panelAt, int panelDown, int depth,
            @real@[] start, int startAt, int startDown, @real@[] out, int outAt, int outDown) {
        int end = at + depth;
        @Real@Vector c00 = @Real@Vector.fromArray(S, start, startAt);
        @Real@Vector c01 = @Real@Vector.fromArray(S, start, startAt + LANES);
        @Real@Vector c10 = @Real@Vector.fromArray(S, start, startAt + startDown);
        @Real@Vector c11 = @Real@Vector.fromArray(S, start, startAt + startDown + LANES);
        @Real@Vector c20 = @Real@Vector.fromArray(S, start, startAt + 2 * startDown);
        @Real@Vector c21 = @Real@Vector.fromArray(S, start, startAt + 2 * startDown + LANES);
        @Real@Vector c30 = @Real@Vector.fromArray(S, start, startAt + 3 * startDown);
        @Real@Vector c31 = @Real@Vector.fromArray(S, start, startAt + 3 * startDown + LANES);
        for (int p = at, q = panelAt; p < end; p++, q += panelDown) {
            @Real@Vector x = @Real@Vector.fromArray(S, panel, q);
            @Real@Vector y = @Real@Vector.fromArray(S, panel, q + LANES);
            @Real@Vector f0 = @Real@Vector.broadcast(S, left[p]);
            c00 = f0.fma(x, c00);
            c01 = f0.fma(y, c01);
            @Real@Vector f1 = @Real@Vector.broadcast(S, left[p + ROW_DOWN]);
            c10 = f1.fma(x, c10);
            c11 = f1.fma(y, c11);
            @Real@Vector f2 = @Real@Vector.broadcast(S, left[p + 2 * ROW_DOWN]);
            c20 = f2.fma(x, c20);
            c21 = f2.fma(y, c21);
            @Real@Vector f3 = @Real@Vector.broadcast(S, left[p + 3 * ROW_DOWN]);
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

    /** Two rows: out = chain of left·panel, begun at start. */
    static void two(
            @real@[] left, int at, @real@[] panel, int panelAt, int panelDown, int depth,
            @real@[] start, int startAt, int startDown, @real@[] out, int outAt, int outDown) {
        int end = at + depth;
        @Real@Vector c00 = @Real@Vector.fromArray(S, start, startAt);
        @Real@Vector c01 = @Real@Vector.fromArray(S, start, startAt + LANES);
        @Real@Vector c10 = @Real@Vector.fromArray(S, start, startAt + startDown);
        @Real@Vector c11 = @Real@Vector.fromArray(S, start, startAt + startDown + LANES);
        for (int p = at, q = panelAt; p < end; p++, q += panelDown) {
            @Real@Vector x = @Real@Vector.fromArray(S, panel, q);
            @Real@Vector y = @Real@Vector.fromArray(S, panel, q + LANES);
            @Real@Vector f0 = @Real@Vector.broadcast(S, left[p]);
            c00 = f0.fma(x, c00);
            c01 = f0.fma(y, c01);
            @Real@Vector f1 = @Real@Vector.broadcast(S, left[p + ROW_DOWN]);
            c10 = f1.fma(x, c10);
            c11 = f1.fma(y, c11);
        }
        c00.intoArray(out, outAt);
        c01.intoArray(out, outAt + LANES);
        c10.intoArray(out, outAt + outDown);
        c11.intoArray(out, outAt + outDown + LANES);
    }

    /** One row: out = chain of left·panel, begun at start. */
    static void one(
            @real@[] left, int at, @real@[] panel, int panelAt, int panelDown, int depth,
            @real@[] start, int startAt, int startDown, @real@[] out, int outAt, int outDown) {
        int end = at + depth;
        @Real@Vector c00 = @Real@Vector.fromArray(S, start, startAt);
        @Real@Vector c01 = @Real@Vector.fromArray(S, start, startAt + LANES);
        for (int p = at, q = panelAt; p < end; p++, q += panelDown) {
            @Real@Vector x = @Real@Vector.fromArray(S, panel, q);
            @Real@Vector y = @Real@Vector.fromArray(S, panel, q + LANES);
            @Real@Vector f0 = @Real@Vector.broadcast(S, left[p]);
            c00 = f0.fma(x, c00);
            c01 = f0.fma(y, c01);
        }
        c00.intoArray(out, outAt);
        c01.intoArray(out, outAt + LANES);
    }
}
