package dev.chainrule.math.vector;

import static dev.chainrule.math.vector.@Real@Species.LANES;
import static dev.chainrule.math.vector.@Real@Species.S;
import static dev.chainrule.math.vector.@Real@Species.whole;

import dev.chainrule.math.@Real@Rows;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.@Real@Vector;

/** Compute row by row on the Vector API: whole vectors here, the last columns in plain Java. */
final class @Real@VectorRows extends @Real@Rows {
    /** With fewer columns the lanes of a vector would have to be compared in plain Java anyway. */
    private static final int LEAST_FOR_MAX = 3 * LANES;

    private static final @Real@Loop ADD_ROW = loop("addRowLoop");
    private static final @Real@Loop MULTIPLY_ADD_ROW = loop("multiplyAddRowLoop");
    private static final @Real@Loop COLUMN_SUMS = loop("columnSumsLoop");
    private static final @Real@Loop COLUMN_DOTS = loop("columnDotsLoop");
    private static final @Real@Loop MAX = loop("maxLoop");
    private static final @Real@Loop SUBTRACT = loop("subtractLoop");
    private static final @Real@Loop DIVIDE = loop("divideLoop");
    private static final @Real@Loop SOFTMAX_BACKWARD = loop("softmaxBackwardLoop");

    private final @real@[] lanes = new @real@[LANES];

    private static @Real@Loop loop(String name) {
        return new @Real@Loop(MethodHandles.lookup(), name);
    }

    @Override
    protected void addRow(@real@[] x, @real@[] row, int size, int columns) {
        ADD_ROW.run(x, row, size, columns);
    }

    @Override
    protected void multiplyAddRow(@real@[] x, @real@[] factor, @real@[] row, int size, int columns) {
        MULTIPLY_ADD_ROW.run(x, factor, row, size, columns);
    }

    @Override
    protected void columnSums(@real@[] x, @real@[] row, int size, int columns) {
        COLUMN_SUMS.run(x, row, size, columns);
    }

    @Override
    protected void columnDots(@real@[] x, @real@[] y, @real@[] row, int size, int columns) {
        COLUMN_DOTS.run(x, y, row, size, columns);
    }

    /** The order does not matter: NaN is the greatest, +0 greater than −0. */
    @Override
    protected @real@ max(@real@[] x, int start, int columns) {
        int end = start + whole(columns);
        if (columns < LEAST_FOR_MAX) {
            return super.max(x, start, columns);
        }
        MAX.run(x, lanes, start, end);
        return Math.max(super.max(lanes, 0, LANES), super.max(x, end, start + columns - end));
    }

    @Override
    protected void subtract(@real@[] x, @real@ subtracted, @real@[] y, int start, int columns) {
        int end = start + whole(columns);
        if (end > start) {
            SUBTRACT.run(x, subtracted, y, start, end);
        }
        super.subtract(x, subtracted, y, end, start + columns - end);
    }

    @Override
    protected void divide(@real@[] x, @real@ divisor, int start, int columns) {
        int end = start + whole(columns);
        if (end > start) {
            DIVIDE.run(x, divisor, x, start, end);
        }
        super.divide(x, divisor, end, start + columns - end);
    }

    @Override
    protected void softmaxBackward(@real@[] a, @real@[] g, @real@ dot, @real@[] delta, int start, int columns) {
        int end = start + whole(columns);
        if (end > start) {
            SOFTMAX_BACKWARD.run(a, g, dot, delta, start, end);
        }
        super.softmaxBackward(a, g, dot, delta, end, start + columns - end);
    }

    private static void addRowLoop(@real@[] x, @real@[] row, int size, int columns) {
        int end = columns & -LANES;
        for (int start = 0; start < size; start += columns) {
            for (int j = 0; j < end; j += LANES) {
                @Real@Vector sum = @Real@Vector.fromArray(S, x, start + j).add(@Real@Vector.fromArray(S, row, j));
                sum.intoArray(x, start + j);
            }
            for (int j = end; j < columns; j++) {
                x[start + j] += row[j];
            }
        }
    }

    private static void multiplyAddRowLoop(@real@[] x, @real@[] factor, @real@[] row, int size, int columns) {
        int end = columns & -LANES;
        for (int start = 0; start < size; start += columns) {
            for (int j = 0; j < end; j += LANES) {
                @Real@Vector times = @Real@Vector.fromArray(S, factor, j);
                @Real@Vector added = @Real@Vector.fromArray(S, row, j);
                @Real@Vector.fromArray(S, x, start + j).fma(times, added).intoArray(x, start + j);
            }
            for (int j = end; j < columns; j++) {
                x[start + j] = Math.fma(x[start + j], factor[j], row[j]);
            }
        }
    }

    private static void columnSumsLoop(@real@[] x, @real@[] row, int size, int columns) {
        int end = columns & -LANES;
        for (int start = 0; start < size; start += columns) {
            for (int j = 0; j < end; j += LANES) {
                @Real@Vector sum = @Real@Vector.fromArray(S, row, j).add(@Real@Vector.fromArray(S, x, start + j));
                sum.intoArray(row, j);
            }
            for (int j = end; j < columns; j++) {
                row[j] += x[start + j];
            }
        }
    }

    private static void columnDotsLoop(@real@[] x, @real@[] y, @real@[] row, int size, int columns) {
        int end = columns & -LANES;
        for (int start = 0; start < size; start += columns) {
            for (int j = 0; j < end; j += LANES) {
                @Real@Vector left = @Real@Vector.fromArray(S, x, start + j);
                @Real@Vector right = @Real@Vector.fromArray(S, y, start + j);
                left.fma(right, @Real@Vector.fromArray(S, row, j)).intoArray(row, j);
            }
            for (int j = end; j < columns; j++) {
                row[j] = Math.fma(x[start + j], y[start + j], row[j]);
            }
        }
    }

    /** Set each lane to the greatest of its numbers. */
    private static void maxLoop(@real@[] x, @real@[] lanes, int start, int end) {
        @Real@Vector max = @Real@Vector.fromArray(S, x, start);
        for (int j = start + LANES; j < end; j += LANES) {
            max = @Real@Vector.fromArray(S, x, j).max(max);
        }
        max.intoArray(lanes, 0);
    }

    private static void subtractLoop(@real@[] x, @real@ subtracted, @real@[] y, int start, int end) {
        @Real@Vector right = @Real@Vector.broadcast(S, subtracted);
        for (int j = start; j < end; j += LANES) {
            @Real@Vector.fromArray(S, x, j).sub(right).intoArray(y, j);
        }
    }

    private static void divideLoop(@real@[] x, @real@ divisor, @real@[] y, int start, int end) {
        @Real@Vector right = @Real@Vector.broadcast(S, divisor);
        for (int j = start; j < end; j += LANES) {
            @Real@Vector.fromArray(S, x, j).div(right).intoArray(y, j);
        }
    }

    private static void softmaxBackwardLoop(
            @real@[] a, @real@[] g, @real@ dot, @real@[] delta, int start, int end) {
        @Real@Vector right = @Real@Vector.broadcast(S, dot);
        for (int j = start; j < end; j += LANES) {
            @Real@Vector difference = @Real@Vector.fromArray(S, g, j).sub(right);
            @Real@Vector.fromArray(S, a, j).mul(difference).intoArray(delta, j);
        }
    }
}
