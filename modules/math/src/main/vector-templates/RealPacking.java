package dev.chainrule.math.vector;

import static dev.chainrule.math.vector.Blocks.ROW_DOWN;
import static dev.chainrule.math.vector.Blocks.TILE;
import static dev.chainrule.math.vector.@Real@Species.COLUMN;
import static dev.chainrule.math.vector.@Real@Species.LANES;
import static dev.chainrule.math.vector.@Real@Species.S;
import static dev.chainrule.math.vector.@Real@Species.WIDTH;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.@Real@Vector;

/** Copy blocks of a product's factors to where tiles read them, by whole vectors wherever there are that many numbers. */
final class @Real@Packing {
    /** Columns gathered at once when right is read against its storage order. */
    private static final int GATHER = 8;
    /** What {@link #gather} needs of scratch memory. */
    static final int STRIP = GATHER * ROW_DOWN;

    private static final @Real@Loop PAIRS = loop("pairsLoop");
    private static final @Real@Loop ROWS = loop("rowsLoop");
    private static final @Real@Loop COLUMNS = loop("columnsLoop");

    private @Real@Packing() {}

    private static @Real@Loop loop(String name) {
        return new @Real@Loop(MethodHandles.lookup(), name);
    }

    /** Copy rows of right to a panel: row i from {@code from + i * down}, in which {@code width} numbers count. */
    static void panel(@real@[] right, int from, int down, @real@[] to, int at, int count, int width) {
        // whole vectors, even beyond the last column: what they find there is not used
        int safe = down == 0 || right.length < from + WIDTH ? 0 : Math.min(count, (right.length - from - WIDTH) / down + 1);
        pairs(right, from, down, to, at, WIDTH, safe, LANES);
        for (int i = safe; i < count; i++) {
            System.arraycopy(right, from + i * down, to, at + i * WIDTH, width);
            Arrays.fill(to, at + i * WIDTH + width, at + (i + 1) * WIDTH, 0);
        }
    }

    /**
     * Copy rows as two vectors, the second at column {@code second}; they may overlap. That is much quicker than so short an
     * arraycopy.
     */
    static void pairs(
            @real@[] from, int fromAt, int fromDown, @real@[] to, int toAt, int toDown, int rows, int second) {
        PAIRS.run(from, fromAt, fromDown, to, toAt, toDown, rows, second);
    }

    private static void pairsLoop(
            @real@[] from, int fromAt, int fromDown, @real@[] to, int toAt, int toDown, int rows, int second) {
        for (int i = 0; i < rows; i++) {
            int source = fromAt + i * fromDown;
            int target = toAt + i * toDown;
            @Real@Vector x = @Real@Vector.fromArray(S, from, source);
            @Real@Vector y = @Real@Vector.fromArray(S, from, source + second);
            x.intoArray(to, target);
            y.intoArray(to, target + second);
        }
    }

    /** Copy columns of right that lie as rows to a panel: some at once to a strip of fixed steps, where one register addresses them all. */
    static void gather(@real@[] right, int from, int across, @real@[] strip, @real@[] to, int at, int count, int width) {
        int j = 0;
        for (; j + GATHER <= width; j += GATHER) {
            rows(right, from + j * across, across, GATHER, count, strip);
            transpose(strip, to, at + j, count);
        }
        for (; j < width; j++) {
            int place = from + j * across;
            for (int i = 0; i < count; i++) {
                to[at + j + i * WIDTH] = right[place + i];
            }
        }
    }

    private static void transpose(@real@[] strip, @real@[] to, int at, int count) {
        for (int i = 0; i < count; i++) {
            int place = at + i * WIDTH;
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

    /** Copy rows of left, each to {@link Blocks#ROW_DOWN} after the one before. */
    static void rows(@real@[] left, int from, int down, int rows, int count, @real@[] to) {
        if (count >= LANES) {
            ROWS.run(left, from, down, to, 0, ROW_DOWN, rows, count);
            return;
        }
        for (int i = 0; i < rows; i++) {
            System.arraycopy(left, from + i * down, to, i * ROW_DOWN, count);
        }
    }

    /** The last vector of a row may overlap the one before. */
    private static void rowsLoop(
            @real@[] from, int fromAt, int fromDown, @real@[] to, int toAt, int toDown, int rows, int columns) {
        int last = columns - LANES;
        for (int i = 0; i < rows; i++) {
            int source = fromAt + i * fromDown;
            int target = toAt + i * toDown;
            for (int j = 0; j < last; j += LANES) {
                @Real@Vector.fromArray(S, from, source + j).intoArray(to, target + j);
            }
            @Real@Vector.fromArray(S, from, source + last).intoArray(to, target + last);
        }
    }

    /** Copy columns of left in bands of six rows, each to {@link #band} after the one before. */
    static void columns(@real@[] left, int from, int across, int rows, int count, @real@[] to) {
        int band = band(count);
        int safe = count;
        while (safe > 0 && from + (safe - 1) * across > left.length - rows - COLUMN) {
            safe--;
        }
        COLUMNS.run(left, from, across, to, 0, band, rows, safe);
        for (int i = safe; i < count; i++) {
            int place = from + i * across;
            for (int j = 0; j < rows; j++) {
                to[j / TILE * band + i * TILE + j % TILE] = left[place + j];
            }
        }
    }

    /** Return how far a band of rows, packed by columns, is from the next: with room for what whole vectors write beyond. */
    static int band(int count) {
        return TILE * count + COLUMN - TILE;
    }

    /** Copy six elements of a column to a band, by whole vectors: what they write beyond is overwritten by the next column. */
    private static void columnsLoop(
            @real@[] from, int fromAt, int fromAcross, @real@[] to, int toAt, int band, int rows, int columns) {
        for (int k = 0; k < columns; k++) {
            int source = fromAt + k * fromAcross;
            int target = toAt + k * TILE;
            for (int i = 0; i < rows; i += TILE, target += band) {
                for (int j = 0; j < TILE; j += LANES) {
                    @Real@Vector.fromArray(S, from, source + i + j).intoArray(to, target + j);
                }
            }
        }
    }
}
