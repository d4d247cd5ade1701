package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.kernel.vector.FloatSpecies.LANES;
import static dev.chainrule.math.kernel.vector.FloatSpecies.NR;
import static dev.chainrule.math.kernel.vector.FloatSpecies.S;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The tiles of a product as in {@link FloatRowTiles}, but with left read by tables: element (i, k) is at
 * {@code at + rows[i] + steps[k]}. So patches are read in place, in the image: {@code rows} has the first number of each patch,
 * {@code steps} the distance of each number of a patch from its first.
 *
 * <p>A row of a panel is two vectors, or one that twelve rows share: the latter broadcasts twice as many numbers per fma, but is
 * faster than half-empty pairs. In out the second of two vectors begins {@code second} elements after the first and may overlap it:
 * both are computed before either is stored.
 */
final class FloatIndexedTiles {
    /** The number of rows of a tile of one vector, a multiple of that of two. */
    static final int ROWS = 12;

    private static final int PAIR_ROWS = 6;
    /** The initial values of chains that begin at +0. */
    private static final float[] ZEROS = new float[NR];

    private final float[] tile = new float[ROWS * NR];
    private final int[] tileRows = new int[ROWS];

    /**
     * Compute rows of a result: chains of left·panel.
     *
     * @param second the distance of the second vector of the panel from the first; 0 if it has one
     * @param resumed whether chains begin at the values of out, else at +0
     */
    void compute(
            float[] left,
            int at,
            int[] rows,
            int from,
            int count,
            int[] steps,
            int stepsAt,
            int depth,
            float[] panel,
            int panelAt,
            int second,
            boolean resumed,
            float[] out,
            int outAt,
            int outDown) {
        int height = second > 0 ? PAIR_ROWS : ROWS;
        int bands = count / height;
        if (bands > 0) {
            tile(
                    left, at, rows, from, steps, stepsAt, depth, panel, panelAt, second, resumed, out, outAt, outDown,
                    bands);
        }
        int done = bands * height;
        int rest = count - done;
        if (rest > 0) {
            System.arraycopy(rows, from + done, tileRows, 0, rest);
            Arrays.fill(tileRows, rest, height, rows[from + done]);
            int restAt = outAt + done * outDown;
            if (resumed) {
                FloatPacking.pairs(out, restAt, outDown, tile, 0, NR, rest, second);
            }
            tile(left, at, tileRows, 0, steps, stepsAt, depth, panel, panelAt, second, resumed, tile, 0, NR, 1);
            FloatPacking.pairs(tile, 0, NR, out, restAt, outDown, rest, second);
        }
    }

    private static void tile(
            float[] left,
            int at,
            int[] rows,
            int rowsAt,
            int[] steps,
            int stepsAt,
            int depth,
            float[] panel,
            int panelAt,
            int second,
            boolean resumed,
            float[] out,
            int outAt,
            int outDown,
            int bands) {
        float[] start = resumed ? out : ZEROS;
        int startAt = resumed ? outAt : 0;
        int startDown = resumed ? outDown : 0;
        if (second > 0) {
            six(
                    left, at, rows, rowsAt, steps, stepsAt, depth, panel, panelAt, start, startAt, startDown, out,
                    outAt, outDown, second, bands);
        } else {
            twelve(
                    left, at, rows, rowsAt, steps, stepsAt, depth, panel, panelAt, start, startAt, startDown, out,
                    outAt, outDown, bands);
        }
    }

    /** Compute six rows by two vectors of each band: out = chain of left·panel, begun at start. */
    private static void six(
            float[] left,
            int at,
            int[] rows,
            int rowsAt,
            int[] steps,
            int stepsAt,
            int count,
            float[] panel,
            int panelAt,
            float[] start,
            int startAt,
            int startDown,
            float[] out,
            int outAt,
            int outDown,
            int second,
            int bands) {
        for (int i = 0; i < bands; i++, rowsAt += 6, startAt += 6 * startDown, outAt += 6 * outDown) {
            int at0 = at + rows[rowsAt];
            int at1 = at + rows[rowsAt + 1];
            int at2 = at + rows[rowsAt + 2];
            int at3 = at + rows[rowsAt + 3];
            int at4 = at + rows[rowsAt + 4];
            int at5 = at + rows[rowsAt + 5];
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
            for (int s = 0; s < count; s++) {
                int q = panelAt + s * NR;
                int step = steps[stepsAt + s];
                FloatVector x = FloatVector.fromArray(S, panel, q);
                FloatVector y = FloatVector.fromArray(S, panel, q + LANES);
                FloatVector f0 = FloatVector.broadcast(S, left[at0 + step]);
                c00 = f0.fma(x, c00);
                c01 = f0.fma(y, c01);
                FloatVector f1 = FloatVector.broadcast(S, left[at1 + step]);
                c10 = f1.fma(x, c10);
                c11 = f1.fma(y, c11);
                FloatVector f2 = FloatVector.broadcast(S, left[at2 + step]);
                c20 = f2.fma(x, c20);
                c21 = f2.fma(y, c21);
                FloatVector f3 = FloatVector.broadcast(S, left[at3 + step]);
                c30 = f3.fma(x, c30);
                c31 = f3.fma(y, c31);
                FloatVector f4 = FloatVector.broadcast(S, left[at4 + step]);
                c40 = f4.fma(x, c40);
                c41 = f4.fma(y, c41);
                FloatVector f5 = FloatVector.broadcast(S, left[at5 + step]);
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
    }

    /** Compute twelve rows by a vector of each band: out = chain of left·panel, begun at start. */
    private static void twelve(
            float[] left,
            int at,
            int[] rows,
            int rowsAt,
            int[] steps,
            int stepsAt,
            int count,
            float[] panel,
            int panelAt,
            float[] start,
            int startAt,
            int startDown,
            float[] out,
            int outAt,
            int outDown,
            int bands) {
        for (int i = 0; i < bands; i++, rowsAt += 12, startAt += 12 * startDown, outAt += 12 * outDown) {
            int at0 = at + rows[rowsAt];
            int at1 = at + rows[rowsAt + 1];
            int at2 = at + rows[rowsAt + 2];
            int at3 = at + rows[rowsAt + 3];
            int at4 = at + rows[rowsAt + 4];
            int at5 = at + rows[rowsAt + 5];
            int at6 = at + rows[rowsAt + 6];
            int at7 = at + rows[rowsAt + 7];
            int at8 = at + rows[rowsAt + 8];
            int at9 = at + rows[rowsAt + 9];
            int at10 = at + rows[rowsAt + 10];
            int at11 = at + rows[rowsAt + 11];
            FloatVector c0 = FloatVector.fromArray(S, start, startAt);
            FloatVector c1 = FloatVector.fromArray(S, start, startAt + startDown);
            FloatVector c2 = FloatVector.fromArray(S, start, startAt + 2 * startDown);
            FloatVector c3 = FloatVector.fromArray(S, start, startAt + 3 * startDown);
            FloatVector c4 = FloatVector.fromArray(S, start, startAt + 4 * startDown);
            FloatVector c5 = FloatVector.fromArray(S, start, startAt + 5 * startDown);
            FloatVector c6 = FloatVector.fromArray(S, start, startAt + 6 * startDown);
            FloatVector c7 = FloatVector.fromArray(S, start, startAt + 7 * startDown);
            FloatVector c8 = FloatVector.fromArray(S, start, startAt + 8 * startDown);
            FloatVector c9 = FloatVector.fromArray(S, start, startAt + 9 * startDown);
            FloatVector ca = FloatVector.fromArray(S, start, startAt + 10 * startDown);
            FloatVector cb = FloatVector.fromArray(S, start, startAt + 11 * startDown);
            for (int s = 0; s < count; s++) {
                int q = panelAt + s * LANES;
                int step = steps[stepsAt + s];
                FloatVector x = FloatVector.fromArray(S, panel, q);
                c0 = FloatVector.broadcast(S, left[at0 + step]).fma(x, c0);
                c1 = FloatVector.broadcast(S, left[at1 + step]).fma(x, c1);
                c2 = FloatVector.broadcast(S, left[at2 + step]).fma(x, c2);
                c3 = FloatVector.broadcast(S, left[at3 + step]).fma(x, c3);
                c4 = FloatVector.broadcast(S, left[at4 + step]).fma(x, c4);
                c5 = FloatVector.broadcast(S, left[at5 + step]).fma(x, c5);
                c6 = FloatVector.broadcast(S, left[at6 + step]).fma(x, c6);
                c7 = FloatVector.broadcast(S, left[at7 + step]).fma(x, c7);
                c8 = FloatVector.broadcast(S, left[at8 + step]).fma(x, c8);
                c9 = FloatVector.broadcast(S, left[at9 + step]).fma(x, c9);
                ca = FloatVector.broadcast(S, left[at10 + step]).fma(x, ca);
                cb = FloatVector.broadcast(S, left[at11 + step]).fma(x, cb);
            }
            c0.intoArray(out, outAt);
            c1.intoArray(out, outAt + outDown);
            c2.intoArray(out, outAt + 2 * outDown);
            c3.intoArray(out, outAt + 3 * outDown);
            c4.intoArray(out, outAt + 4 * outDown);
            c5.intoArray(out, outAt + 5 * outDown);
            c6.intoArray(out, outAt + 6 * outDown);
            c7.intoArray(out, outAt + 7 * outDown);
            c8.intoArray(out, outAt + 8 * outDown);
            c9.intoArray(out, outAt + 9 * outDown);
            ca.intoArray(out, outAt + 10 * outDown);
            cb.intoArray(out, outAt + 11 * outDown);
        }
    }
}
