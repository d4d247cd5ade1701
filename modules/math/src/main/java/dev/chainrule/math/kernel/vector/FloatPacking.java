package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.kernel.vector.Blocks.MR;
import static dev.chainrule.math.kernel.vector.Blocks.ROW_DOWN;
import static dev.chainrule.math.kernel.vector.FloatSpecies.COLUMN;
import static dev.chainrule.math.kernel.vector.FloatSpecies.LANES;
import static dev.chainrule.math.kernel.vector.FloatSpecies.NR;
import static dev.chainrule.math.kernel.vector.FloatSpecies.S;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The copying of blocks of a product's factors into the order in which tiles read them, by whole vectors if there are enough
 * numbers.
 */
final class FloatPacking {
    /** The number of columns gathered at once if right is read against its storage order. */
    private static final int GATHER = 8;
    /** The scratch memory that {@link #gather} needs, in elements. */
    static final int STRIP = GATHER * ROW_DOWN;

    private static final FloatLoop PAIRS = loop("pairsLoop");
    private static final FloatLoop ROWS = loop("rowsLoop");
    private static final FloatLoop COLUMNS = loop("columnsLoop");

    private FloatPacking() {}

    private static FloatLoop loop(String name) {
        return new FloatLoop(MethodHandles.lookup(), name);
    }

    /** Copy rows of right to a panel: {@code width} numbers of row i, from {@code from + i * down}. */
    static void panel(float[] right, int from, int down, float[] to, int at, int count, int width) {
        // whole vectors, even beyond the last column: the excess elements are not used
        int safe = down == 0 || right.length < from + NR ? 0 : Math.min(count, (right.length - from - NR) / down + 1);
        pairs(right, from, down, to, at, NR, safe, LANES);
        for (int i = safe; i < count; i++) {
            System.arraycopy(right, from + i * down, to, at + i * NR, width);
            Arrays.fill(to, at + i * NR + width, at + (i + 1) * NR, 0);
        }
    }

    /**
     * Copy rows as two vectors, the second at column {@code second}; they may overlap. That is much faster than such short
     * arraycopies.
     */
    static void pairs(float[] from, int fromAt, int fromDown, float[] to, int toAt, int toDown, int rows, int second) {
        PAIRS.run(from, fromAt, fromDown, to, toAt, toDown, rows, second);
    }

    private static void pairsLoop(
            float[] from, int fromAt, int fromDown, float[] to, int toAt, int toDown, int rows, int second) {
        for (int i = 0; i < rows; i++) {
            int source = fromAt + i * fromDown;
            int target = toAt + i * toDown;
            FloatVector x = FloatVector.fromArray(S, from, source);
            FloatVector y = FloatVector.fromArray(S, from, source + second);
            x.intoArray(to, target);
            y.intoArray(to, target + second);
        }
    }

    /**
     * Copy columns of right that are stored as rows to a panel: several at a time to a strip with fixed distances, where one
     * register addresses them all.
     */
    static void gather(float[] right, int from, int across, float[] strip, float[] to, int at, int count, int width) {
        if (width < GATHER) {
            for (int j = 0; j < width; j++) {
                int place = from + j * across;
                for (int i = 0; i < count; i++) {
                    to[at + j + i * NR] = right[place + i];
                }
            }
            return;
        }
        for (int j = 0; j < width; j += GATHER) {
            int column = Math.min(j, width - GATHER); // the last columns may overlap the previous ones
            rows(right, from + column * across, across, GATHER, count, strip);
            transpose(strip, to, at + column, count);
        }
    }

    private static void transpose(float[] strip, float[] to, int at, int count) {
        for (int i = 0; i < count; i++) {
            int place = at + i * NR;
            to[place] = strip[i];
            to[place + 1] = strip[i + ROW_DOWN];
            to[place + 2] = strip[i + 2 * ROW_DOWN];
            to[place + 3] = strip[i + 3 * ROW_DOWN];
            to[place + 4] = strip[i + 4 * ROW_DOWN];
            to[place + 5] = strip[i + 5 * ROW_DOWN];
            to[place + 6] = strip[i + 6 * ROW_DOWN];
            to[place + 7] = strip[i + 7 * ROW_DOWN];
        }
    }

    /** Copy rows of left, {@link Blocks#ROW_DOWN} elements apart. */
    static void rows(float[] left, int from, int down, int rows, int count, float[] to) {
        if (count >= LANES) {
            ROWS.run(left, from, down, to, 0, ROW_DOWN, rows, count);
            return;
        }
        for (int i = 0; i < rows; i++) {
            System.arraycopy(left, from + i * down, to, i * ROW_DOWN, count);
        }
    }

    /** The last vector of a row may overlap the previous one. */
    private static void rowsLoop(
            float[] from, int fromAt, int fromDown, float[] to, int toAt, int toDown, int rows, int columns) {
        int last = columns - LANES;
        for (int i = 0; i < rows; i++) {
            int source = fromAt + i * fromDown;
            int target = toAt + i * toDown;
            for (int j = 0; j < last; j += LANES) {
                FloatVector.fromArray(S, from, source + j).intoArray(to, target + j);
            }
            FloatVector.fromArray(S, from, source + last).intoArray(to, target + last);
        }
    }

    /** Copy columns of left in bands of six rows, {@link #band} elements apart. */
    static void columns(float[] left, int from, int across, int rows, int count, float[] to) {
        int band = band(count);
        int safe = count;
        while (safe > 0 && from + (safe - 1) * across > left.length - rows - COLUMN) {
            safe--;
        }
        COLUMNS.run(left, from, across, to, 0, band, rows, safe);
        for (int i = safe; i < count; i++) {
            int place = from + i * across;
            for (int j = 0; j < rows; j++) {
                to[j / MR * band + i * MR + j % MR] = left[place + j];
            }
        }
    }

    /**
     * Return the distance between bands of rows, packed by columns, with room for the excess elements that whole vectors
     * write.
     */
    static int band(int count) {
        return MR * count + COLUMN - MR;
    }

    /** Copy six elements of each column to each band, by whole vectors: excess elements are overwritten by the next column. */
    private static void columnsLoop(
            float[] from, int fromAt, int fromAcross, float[] to, int toAt, int band, int rows, int columns) {
        for (int k = 0; k < columns; k++) {
            int source = fromAt + k * fromAcross;
            int target = toAt + k * MR;
            for (int i = 0; i < rows; i += MR, target += band) {
                for (int j = 0; j < MR; j += LANES) {
                    FloatVector.fromArray(S, from, source + i + j).intoArray(to, target + j);
                }
            }
        }
    }

    /** Return the number of vectors that columns fill. */
    static int vectors(int columns) {
        return (columns + LANES - 1) / LANES;
    }

    /** Return whether the panel that begins at a vector has two. */
    static boolean isPair(int vector, int vectors) {
        return vector % 2 == vectors % 2;
    }

    /** Return the distance of the second vector of a pair from the first. */
    static int second(int vector, int columns) {
        return Math.min(LANES, columns - (vector + 1) * LANES);
    }

    /**
     * Copy columns of some rows to panels of two vectors; if they fill an odd number of vectors, the first panel has one. The last two
     * vectors overlap if columns do not fill them; fewer columns than lanes are followed by zeros.
     */
    static void panels(float[] from, int at, int down, int count, int columns, float[] to) {
        int vectors = vectors(columns);
        if (columns < LANES) {
            for (int i = 0; i < count; i++) {
                System.arraycopy(from, at + i * down, to, i * LANES, columns);
                Arrays.fill(to, i * LANES + columns, (i + 1) * LANES, 0);
            }
            return;
        }
        for (int v = 0; v < vectors; v += isPair(v, vectors) ? 2 : 1) {
            boolean pair = isPair(v, vectors);
            int begin = at + v * LANES;
            int toAt = v * LANES * count;
            int toDown = pair ? NR : LANES;
            pairs(from, begin, down, to, toAt, toDown, count, 0);
            if (pair) {
                pairs(from, begin + second(v, columns), down, to, toAt + LANES, toDown, count, 0);
            }
        }
    }
}
