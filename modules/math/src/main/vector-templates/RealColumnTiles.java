package dev.chainrule.math.vector;

import static dev.chainrule.math.vector.@Real@Species.LANES;
import static dev.chainrule.math.vector.@Real@Species.S;
import static dev.chainrule.math.vector.@Real@Species.WIDTH;

import jdk.incubator.vector.@Real@Vector;

/**
 * Compute tiles of a product as {@link @Real@RowTiles} does, with left read along its columns: element (i, k) lies at
 * {@code at + i + k * across}. Here the loops count what the panel is read by, and the range checks that must stay are those
 * of left: one serves all rows.
 */
final class @Real@ColumnTiles {
    private @Real@ColumnTiles() {}

    /**
     * Six rows, and six more at a time while there are bands: out = chain of left·panel, begun at start. The next band's rows are
     * {@code band} further on in left.
     */
    static void six(
            @real@[] left, int at, int across, @real@[] panel, int panelAt, int depth,
            @real@[] start, int startAt, int startDown, @real@[] out, int outAt, int outDown, int bands, int band) {
        int end = panelAt + depth * WIDTH;
        for (int i = 0; i < bands; i++, at += band, startAt += 6 * startDown, outAt += 6 * outDown) {
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
            for (int p = at, q = panelAt; q < end; p += across, q += WIDTH) {
                @Real@Vector x = @Real@Vector.fromArray(S, panel, q);
                @Real@Vector y = @Real@Vector.fromArray(S, panel, q + LANES);
                @Real@Vector f0 = @Real@Vector.broadcast(S, left[p]);
                c00 = f0.fma(x, c00);
                c01 = f0.fma(y, c01);
                @Real@Vector f1 = @Real@Vector.broadcast(S, left[p + 1]);
                c10 = f1.fma(x, c10);
                c11 = f1.fma(y, c11);
                @Real@Vector f2 = @Real@Vector.broadcast(S, left[p + 2]);
                c20 = f2.fma(x, c20);
                c21 = f2.fma(y, c21);
                @Real@Vector f3 = @Real@Vector.broadcast(S, left[p + 3]);
                c30 = f3.fma(x, c30);
                c31 = f3.fma(y, c31);
                @Real@Vector f4 = @Real@Vector.broadcast(S, left[p + 4]);
                c40 = f4.fma(x, c40);
                c41 = f4.fma(y, c41);
                @Real@Vector f5 = @Real@Vector.broadcast(S, left[p + 5]);
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
            @real@[] left, int at, int across, @real@[] panel, int panelAt, int depth,
            @real@[] start, int startAt, int startDown, @real@[] out, int outAt, int outDown) {
        int end = panelAt + depth * WIDTH;
        @Real@Vector c00 = @Real@Vector.fromArray(S, start, startAt);
        @Real@Vector c01 = @Real@Vector.fromArray(S, start, startAt + LANES);
        @Real@Vector c10 = @Real@Vector.fromArray(S, start, startAt + startDown);
        @Real@Vector c11 = @Real@Vector.fromArray(S, start, startAt + startDown + LANES);
        @Real@Vector c20 = @Real@Vector.fromArray(S, start, startAt + 2 * startDown);
        @Real@Vector c21 = @Real@Vector.fromArray(S, start, startAt + 2 * startDown + LANES);
        @Real@Vector c30 = @Real@Vector.fromArray(S, start, startAt + 3 * startDown);
        @Real@Vector c31 = @Real@Vector.fromArray(S, start, startAt + 3 * startDown + LANES);
        for (int p = at, q = panelAt; q < end; p += across, q += WIDTH) {
            @Real@Vector x = @Real@Vector.fromArray(S, panel, q);
            @Real@Vector y = @Real@Vector.fromArray(S, panel, q + LANES);
            @Real@Vector f0 = @Real@Vector.broadcast(S, left[p]);
            c00 = f0.fma(x, c00);
            c01 = f0.fma(y, c01);
            @Real@Vector f1 = @Real@Vector.broadcast(S, left[p + 1]);
            c10 = f1.fma(x, c10);
            c11 = f1.fma(y, c11);
            @Real@Vector f2 = @Real@Vector.broadcast(S, left[p + 2]);
            c20 = f2.fma(x, c20);
            c21 = f2.fma(y, c21);
            @Real@Vector f3 = @Real@Vector.broadcast(S, left[p + 3]);
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

    /** Two rows, or one: out = chain of left·panel, begun at start. In one method, which is so large that C2 compiles it by itself. */
    static void few(
            int height, @real@[] left, int at, int across, @real@[] panel, int panelAt, int depth,
            @real@[] start, int startAt, int startDown, @real@[] out, int outAt, int outDown) {
        int end = panelAt + depth * WIDTH;
        if (height == 2) {
            @Real@Vector c00 = @Real@Vector.fromArray(S, start, startAt);
            @Real@Vector c01 = @Real@Vector.fromArray(S, start, startAt + LANES);
            @Real@Vector c10 = @Real@Vector.fromArray(S, start, startAt + startDown);
            @Real@Vector c11 = @Real@Vector.fromArray(S, start, startAt + startDown + LANES);
            for (int p = at, q = panelAt; q < end; p += across, q += WIDTH) {
                @Real@Vector x = @Real@Vector.fromArray(S, panel, q);
                @Real@Vector y = @Real@Vector.fromArray(S, panel, q + LANES);
                @Real@Vector f0 = @Real@Vector.broadcast(S, left[p]);
                c00 = f0.fma(x, c00);
                c01 = f0.fma(y, c01);
                @Real@Vector f1 = @Real@Vector.broadcast(S, left[p + 1]);
                c10 = f1.fma(x, c10);
                c11 = f1.fma(y, c11);
            }
            c00.intoArray(out, outAt);
            c01.intoArray(out, outAt + LANES);
            c10.intoArray(out, outAt + outDown);
            c11.intoArray(out, outAt + outDown + LANES);
        } else {
            @Real@Vector c00 = @Real@Vector.fromArray(S, start, startAt);
            @Real@Vector c01 = @Real@Vector.fromArray(S, start, startAt + LANES);
            for (int p = at, q = panelAt; q < end; p += across, q += WIDTH) {
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
}
