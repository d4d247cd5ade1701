package dev.chainrule.math.kernel;

import java.util.Arrays;

/**
 * One thread's computation of a block of a product, with its own scratch memory: the scheme of Goto and van de Geijn, with
 * kc, nc and mr as explained in {@code FloatVectorProduct}.
 *
 * <p>out[i, j] = chain over k of fma(left[i, k], right[k, j], out[i, j]). A block of right, at most {@link #KC} by
 * {@link #NC}, is packed into rows that are separate arrays; so are mr = 4 rows of out while they are computed, for the loops
 * of {@link FloatPasses}, which replace a micro-kernel: C2 vectorises them by itself. Left is read in place. Between two
 * blocks of k the partial chain of an element is stored in out: k ascends, and no sum is re-associated.
 */
@SuppressWarnings("cast") // a cast that narrows here does nothing in the source for double
final class FloatPanel {
    /** The number of rows in a packed block; with {@link #NC} 256 KiB, half of a usual second-level cache. */
    private static final int KC = 128;
    /** The number of columns in a packed block: the six rows of a pass take 12 KiB, well within a first-level cache. */
    private static final int NC = 2048 / Float.BYTES;
    /**
     * The length of a row's array: with the array's header of 16 bytes a multiple of 64 bytes, so that rows allocated one
     * after another have the same alignment to cache lines and a vector load seldom straddles two.
     */
    private static final int LENGTH = NC + 48 / Float.BYTES;
    /** The number of columns gathered at once if right is read against its storage order. */
    private static final int GATHER = 8;

    private final float[][] packed = new float[KC][];
    private final float[] out0 = new float[LENGTH];
    private final float[] out1 = new float[LENGTH];
    private final float[] out2 = new float[LENGTH];
    private final float[] out3 = new float[LENGTH];

    /** Compute out for a range of rows and columns. */
    void compute(FloatProduct product, int rowFrom, int rowTo, int columnFrom, int columnTo) {
        int nc = evenly(columnTo - columnFrom, NC);
        int kc = evenly(product.depth, KC);
        for (int jc = columnFrom; jc < columnTo; jc += nc) {
            int columns = Math.min(nc, columnTo - jc);
            for (int pc = 0; pc < product.depth; pc += kc) {
                int count = Math.min(kc, product.depth - pc);
                pack(product, pc, count, jc, columns);
                int row = rowFrom;
                for (; row + 4 <= rowTo; row += 4) {
                    fourRows(product, row, pc, count, jc, columns);
                }
                for (; row < rowTo; row++) {
                    oneRow(product, row, pc, count, jc, columns);
                }
            }
        }
    }

    /** Return the size of equal blocks of at most {@code most} that cover {@code count}. */
    private static int evenly(int count, int most) {
        int blocks = Math.max(1, (count + most - 1) / most);
        return Math.max(1, (count + blocks - 1) / blocks);
    }

    private void pack(FloatProduct product, int k, int count, int column, int columns) {
        for (int i = 0; i < count; i++) {
            if (packed[i] == null) {
                packed[i] = new float[LENGTH];
            }
        }
        float[] right = product.right;
        int down = product.rightDown;
        int across = product.rightAcross;
        int start = k * down + column * across;
        if (across == 1) {
            for (int i = 0; i < count; i++) {
                System.arraycopy(right, start + i * down, packed[i], 0, columns);
            }
            return;
        }
        int j = 0;
        for (; j + GATHER <= columns; j += GATHER) {
            for (int i = 0; i < count; i++) {
                float[] to = packed[i];
                int from = start + i * down + j * across;
                for (int g = 0; g < GATHER; g++) {
                    to[j + g] = right[from + g * across];
                }
            }
        }
        for (; j < columns; j++) {
            for (int i = 0; i < count; i++) {
                packed[i][j] = right[start + i * down + j * across];
            }
        }
    }

    private void fourRows(FloatProduct product, int row, int k, int count, int column, int columns) {
        boolean stored = product.accumulate || k > 0;
        load(product, stored, row, column, columns, out0);
        load(product, stored, row + 1, column, columns, out1);
        load(product, stored, row + 2, column, columns, out2);
        load(product, stored, row + 3, column, columns, out3);
        float[] left = product.left;
        int down = product.leftDown;
        int across = product.leftAcross;
        int at0 = row * down + k * across;
        int at1 = at0 + down;
        int at2 = at1 + down;
        int at3 = at2 + down;
        int i = 0;
        for (; i + 2 <= count; i += 2) {
            int p = i * across;
            int q = p + across;
            FloatPasses.fourByTwo(
                    left[at0 + p],
                    left[at0 + q],
                    left[at1 + p],
                    left[at1 + q],
                    left[at2 + p],
                    left[at2 + q],
                    left[at3 + p],
                    left[at3 + q],
                    packed[i],
                    packed[i + 1],
                    out0,
                    out1,
                    out2,
                    out3,
                    columns);
        }
        if (i < count) {
            int p = i * across;
            FloatPasses.oneByOne(left[at0 + p], packed[i], out0, columns);
            FloatPasses.oneByOne(left[at1 + p], packed[i], out1, columns);
            FloatPasses.oneByOne(left[at2 + p], packed[i], out2, columns);
            FloatPasses.oneByOne(left[at3 + p], packed[i], out3, columns);
        }
        if (product.outAcross == 1) {
            store(product, row, column, columns, out0);
            store(product, row + 1, column, columns, out1);
            store(product, row + 2, column, columns, out2);
            store(product, row + 3, column, columns, out3);
        } else {
            scatter(product, row, column, columns);
        }
    }

    private void oneRow(FloatProduct product, int row, int k, int count, int column, int columns) {
        load(product, product.accumulate || k > 0, row, column, columns, out0);
        float[] left = product.left;
        int across = product.leftAcross;
        int at = row * product.leftDown + k * across;
        int i = 0;
        for (; i + 4 <= count; i += 4, at += 4 * across) {
            FloatPasses.oneByFour(
                    left[at],
                    left[at + across],
                    left[at + 2 * across],
                    left[at + 3 * across],
                    packed[i],
                    packed[i + 1],
                    packed[i + 2],
                    packed[i + 3],
                    out0,
                    columns);
        }
        for (; i < count; i++, at += across) {
            FloatPasses.oneByOne(left[at], packed[i], out0, columns);
        }
        store(product, row, column, columns, out0);
    }

    private static void load(FloatProduct product, boolean stored, int row, int column, int columns, float[] to) {
        if (!stored) {
            Arrays.fill(to, 0, columns, 0);
            return;
        }
        int across = product.outAcross;
        int at = row * product.outDown + column * across;
        if (across == 1) {
            System.arraycopy(product.out, at, to, 0, columns);
        } else {
            for (int j = 0; j < columns; j++, at += across) {
                to[j] = product.out[at];
            }
        }
    }

    private static void store(FloatProduct product, int row, int column, int columns, float[] from) {
        int across = product.outAcross;
        int at = row * product.outDown + column * across;
        if (across == 1) {
            System.arraycopy(from, 0, product.out, at, columns);
        } else {
            for (int j = 0; j < columns; j++, at += across) {
                product.out[at] = from[j];
            }
        }
    }

    /** Store four rows that are adjacent columns in memory: four elements at a time, so that each cache line is fetched once. */
    private void scatter(FloatProduct product, int row, int column, int columns) {
        float[] out = product.out;
        int down = product.outDown;
        int at = row * down + column * product.outAcross;
        for (int j = 0; j < columns; j++, at += product.outAcross) {
            out[at] = out0[j];
            out[at + down] = out1[j];
            out[at + 2 * down] = out2[j];
            out[at + 3 * down] = out3[j];
        }
    }
}
