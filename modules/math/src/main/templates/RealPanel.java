package dev.chainrule.math;

import java.util.Arrays;

/**
 * Compute a block of a product on one thread, with scratch memory of its own.
 *
 * <p>out[i, j] = chain over k of fma(left[i, k], right[k, j], out[i, j]). A block of right, at most {@link #DEPTH} by
 * {@link #WIDTH}, is packed into rows that are arrays of their own; so are the rows of out while they are computed. All loops
 * then run over equal indices of different arrays, the form that the JIT compiler turns into vector instructions: it cannot
 * prove two places of one array apart. The passes take four rows of out and two of right at a time: eight fma for two loads
 * of right and four of out, within sixteen vector registers, and small enough that the compiler still unrolls to its widest
 * vectors. Every k of an element comes in ascending order through memory, so no sum is re-associated.
 */
@SuppressWarnings("cast") // one source for two precisions: a cast that narrows in one is idle in the other
final class @Real@Panel {
    /** Rows of a packed block; with {@link #WIDTH} 256 KiB, half of a usual second-level cache. */
    private static final int DEPTH = 128;
    /** Columns of a packed block: the six rows of a pass take 12 KiB, well within a first-level cache. */
    private static final int WIDTH = 2048 / @Real@.BYTES;
    /** Columns gathered at once when right is read against its storage order. */
    private static final int GATHER = 8;

    private final @real@[][] packed = new @real@[DEPTH][];
    private final @real@[] out0 = new @real@[WIDTH];
    private final @real@[] out1 = new @real@[WIDTH];
    private final @real@[] out2 = new @real@[WIDTH];
    private final @real@[] out3 = new @real@[WIDTH];

    /** Compute out for the rows and columns given. */
    void compute(@Real@Product product, int rowFrom, int rowTo, int columnFrom, int columnTo) {
        int width = evenly(columnTo - columnFrom, WIDTH);
        int depth = evenly(product.depth, DEPTH);
        for (int column = columnFrom; column < columnTo; column += width) {
            int columns = Math.min(width, columnTo - column);
            for (int k = 0; k < product.depth; k += depth) {
                int count = Math.min(depth, product.depth - k);
                pack(product, k, count, column, columns);
                int row = rowFrom;
                for (; row + 4 <= rowTo; row += 4) {
                    fourRows(product, row, k, count, column, columns);
                }
                for (; row < rowTo; row++) {
                    oneRow(product, row, k, count, column, columns);
                }
            }
        }
    }

    /** Return the size of equal blocks of at most {@code most} that cover {@code count}. */
    private static int evenly(int count, int most) {
        int blocks = Math.max(1, (count + most - 1) / most);
        return Math.max(1, (count + blocks - 1) / blocks);
    }

    private void pack(@Real@Product product, int k, int count, int column, int columns) {
        for (int i = 0; i < count; i++) {
            if (packed[i] == null) {
                packed[i] = new @real@[WIDTH];
            }
        }
        @real@[] right = product.right;
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
                @real@[] to = packed[i];
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

    private void fourRows(@Real@Product product, int row, int k, int count, int column, int columns) {
        boolean stored = product.accumulate || k > 0;
        load(product, stored, row, column, columns, out0);
        load(product, stored, row + 1, column, columns, out1);
        load(product, stored, row + 2, column, columns, out2);
        load(product, stored, row + 3, column, columns, out3);
        @real@[] left = product.left;
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
            fourByTwo(
                    left[at0 + p], left[at0 + q], left[at1 + p], left[at1 + q],
                    left[at2 + p], left[at2 + q], left[at3 + p], left[at3 + q],
                    packed[i], packed[i + 1], out0, out1, out2, out3, columns);
        }
        if (i < count) {
            int p = i * across;
            oneByOne(left[at0 + p], packed[i], out0, columns);
            oneByOne(left[at1 + p], packed[i], out1, columns);
            oneByOne(left[at2 + p], packed[i], out2, columns);
            oneByOne(left[at3 + p], packed[i], out3, columns);
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

    private void oneRow(@Real@Product product, int row, int k, int count, int column, int columns) {
        load(product, product.accumulate || k > 0, row, column, columns, out0);
        @real@[] left = product.left;
        int across = product.leftAcross;
        int at = row * product.leftDown + k * across;
        int i = 0;
        for (; i + 4 <= count; i += 4, at += 4 * across) {
            oneByFour(
                    left[at], left[at + across], left[at + 2 * across], left[at + 3 * across],
                    packed[i], packed[i + 1], packed[i + 2], packed[i + 3], out0, columns);
        }
        for (; i < count; i++, at += across) {
            oneByOne(left[at], packed[i], out0, columns);
        }
        store(product, row, column, columns, out0);
    }

    private static void fourByTwo(
            @real@ f00, @real@ f01, @real@ f10, @real@ f11, @real@ f20, @real@ f21, @real@ f30, @real@ f31,
            @real@[] b0, @real@[] b1, @real@[] c0, @real@[] c1, @real@[] c2, @real@[] c3, int columns) {
        for (int j = 0; j < columns; j++) {
            @real@ x = b0[j];
            @real@ y = b1[j];
            c0[j] = Math.fma(f01, y, Math.fma(f00, x, c0[j]));
            c1[j] = Math.fma(f11, y, Math.fma(f10, x, c1[j]));
            c2[j] = Math.fma(f21, y, Math.fma(f20, x, c2[j]));
            c3[j] = Math.fma(f31, y, Math.fma(f30, x, c3[j]));
        }
    }

    private static void oneByFour(
            @real@ f0, @real@ f1, @real@ f2, @real@ f3,
            @real@[] b0, @real@[] b1, @real@[] b2, @real@[] b3, @real@[] c, int columns) {
        for (int j = 0; j < columns; j++) {
            c[j] = Math.fma(f3, b3[j], Math.fma(f2, b2[j], Math.fma(f1, b1[j], Math.fma(f0, b0[j], c[j]))));
        }
    }

    private static void oneByOne(@real@ f, @real@[] b, @real@[] c, int columns) {
        for (int j = 0; j < columns; j++) {
            c[j] = Math.fma(f, b[j], c[j]);
        }
    }

    private static void load(@Real@Product product, boolean stored, int row, int column, int columns, @real@[] to) {
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

    private static void store(@Real@Product product, int row, int column, int columns, @real@[] from) {
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

    /** Store four rows that lie as neighbouring columns: four to a place, so that a cache line is fetched once. */
    private void scatter(@Real@Product product, int row, int column, int columns) {
        @real@[] out = product.out;
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
