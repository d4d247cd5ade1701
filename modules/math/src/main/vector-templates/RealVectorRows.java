package dev.chainrule.math.vector;

import static dev.chainrule.math.vector.@Real@Species.LANES;
import static dev.chainrule.math.vector.@Real@Species.S;
import static dev.chainrule.math.vector.@Real@Species.whole;

import dev.chainrule.math.@Real@Rows;
import jdk.incubator.vector.@Real@Vector;

/** Compute row by row on the Vector API: whole vectors here, the last columns in plain Java. */
final class @Real@VectorRows extends @Real@Rows {
    /** With fewer columns the lanes of a vector would have to be compared in plain Java anyway. */
    private static final int LEAST_FOR_MAX = 3 * LANES;

    private final @real@[] lanes = new @real@[LANES];

    @Override
    protected void addRow(@real@[] x, @real@[] row, int size, int columns) {
        int end = whole(columns);
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

    @Override
    protected void multiplyAddRow(@real@[] x, @real@[] factor, @real@[] row, int size, int columns) {
        int end = whole(columns);
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

    @Override
    protected void columnSums(@real@[] x, @real@[] row, int size, int columns) {
        int end = whole(columns);
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

    @Override
    protected void columnDots(@real@[] x, @real@[] y, @real@[] row, int size, int columns) {
        int end = whole(columns);
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

    /** The order does not matter: NaN is the greatest, +0 greater than −0. */
    @Override
    protected @real@ max(@real@[] x, int start, int columns) {
        int end = start + whole(columns);
        if (columns < LEAST_FOR_MAX) {
            return super.max(x, start, columns);
        }
        @Real@Vector max = @Real@Vector.fromArray(S, x, start);
        for (int j = start + LANES; j < end; j += LANES) {
            max = max.max(@Real@Vector.fromArray(S, x, j));
        }
        max.intoArray(lanes, 0);
        return Math.max(super.max(lanes, 0, LANES), super.max(x, end, start + columns - end));
    }

    @Override
    protected void subtract(@real@[] x, @real@ subtracted, @real@[] y, int start, int columns) {
        int end = start + whole(columns);
        @Real@Vector right = @Real@Vector.broadcast(S, subtracted);
        for (int j = start; j < end; j += LANES) {
            @Real@Vector.fromArray(S, x, j).sub(right).intoArray(y, j);
        }
        super.subtract(x, subtracted, y, end, start + columns - end);
    }

    @Override
    protected void divide(@real@[] x, @real@ divisor, int start, int columns) {
        int end = start + whole(columns);
        @Real@Vector right = @Real@Vector.broadcast(S, divisor);
        for (int j = start; j < end; j += LANES) {
            @Real@Vector.fromArray(S, x, j).div(right).intoArray(x, j);
        }
        super.divide(x, divisor, end, start + columns - end);
    }

    @Override
    protected void softmaxBackward(@real@[] a, @real@[] g, @real@ dot, @real@[] delta, int start, int columns) {
        int end = start + whole(columns);
        @Real@Vector right = @Real@Vector.broadcast(S, dot);
        for (int j = start; j < end; j += LANES) {
            @Real@Vector difference = @Real@Vector.fromArray(S, g, j).sub(right);
            @Real@Vector.fromArray(S, a, j).mul(difference).intoArray(delta, j);
        }
        super.softmaxBackward(a, g, dot, delta, end, start + columns - end);
    }
}
