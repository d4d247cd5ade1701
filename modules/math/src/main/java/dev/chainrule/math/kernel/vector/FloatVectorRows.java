package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.kernel.vector.FloatSpecies.LANES;
import static dev.chainrule.math.kernel.vector.FloatSpecies.S;
import static dev.chainrule.math.kernel.vector.FloatSpecies.whole;

import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.kernel.FloatRows;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/** Operations row by row on the Vector API: whole vectors here, the last columns in plain Java. */
final class FloatVectorRows extends FloatRows {
    /** With fewer columns the lanes of a vector would have to be compared in plain Java anyway. */
    private static final int LEAST_FOR_MAX = 3 * LANES;

    private static final FloatLoop ADD_ROW = loop("addRowLoop");
    private static final FloatLoop MULTIPLY_ROW = loop("multiplyRowLoop");
    private static final FloatLoop MULTIPLY_ADD_ROW = loop("multiplyAddRowLoop");
    private static final FloatLoop COLUMN_SUMS = loop("columnSumsLoop");
    private static final FloatLoop COLUMN_DOTS = loop("columnDotsLoop");
    private static final FloatLoop MAX = loop("maxLoop");
    private static final FloatLoop SUBTRACT = loop("subtractLoop");
    private static final FloatLoop DIVIDE = loop("divideLoop");
    private static final FloatLoop ADD_SCALED = loop("addScaledLoop");
    private static final FloatLoop SOFTMAX_BACKWARD = loop("softmaxBackwardLoop");

    private final float[] lanes = new float[LANES];

    private static FloatLoop loop(String name) {
        return new FloatLoop(MethodHandles.lookup(), name);
    }

    FloatVectorRows(ThreadTeam team) {
        super(team);
    }

    @Override
    protected void addRow(int from, int to) {
        if (columns < LANES) {
            super.addRow(from, to);
        } else {
            ADD_ROW.run(x, row, out, from * columns, to * columns, columns);
        }
    }

    @Override
    protected void multiplyRow(int from, int to) {
        if (columns < LANES) {
            super.multiplyRow(from, to);
        } else {
            MULTIPLY_ROW.run(x, row, out, from * columns, to * columns, columns);
        }
    }

    @Override
    protected void multiplyAddRow(int from, int to) {
        if (columns < LANES) {
            super.multiplyAddRow(from, to);
        } else {
            MULTIPLY_ADD_ROW.run(x, y, row, out, from * columns, to * columns, columns);
        }
    }

    @Override
    protected void columnSums(int from, int to) {
        if (to - from < LANES) {
            super.columnSums(from, to);
        } else {
            COLUMN_SUMS.run(x, out, from, to, rows, columns);
        }
    }

    @Override
    protected void columnDots(int from, int to) {
        if (to - from < LANES) {
            super.columnDots(from, to);
        } else {
            COLUMN_DOTS.run(x, y, out, from, to, rows, columns);
        }
    }

    /** Return the maximum. The order of comparison does not matter: NaN is the greatest, +0 greater than −0. */
    @Override
    protected float max(float[] x, int start, int columns) {
        int end = start + whole(columns);
        if (columns < LEAST_FOR_MAX) {
            return super.max(x, start, columns);
        }
        MAX.run(x, lanes, start, end);
        return Math.max(super.max(lanes, 0, LANES), super.max(x, end, start + columns - end));
    }

    @Override
    protected void subtract(float[] x, float subtracted, float[] y, int start, int columns) {
        int end = start + whole(columns);
        if (end > start) {
            SUBTRACT.run(x, subtracted, y, start, end);
        }
        super.subtract(x, subtracted, y, end, start + columns - end);
    }

    @Override
    protected void divide(float[] x, float divisor, int start, int columns) {
        int end = start + whole(columns);
        if (end > start) {
            DIVIDE.run(x, divisor, x, start, end);
        }
        super.divide(x, divisor, end, start + columns - end);
    }

    @Override
    protected void addScaled(float[] x, float factor, float[] y, int start, int columns) {
        int end = start + whole(columns);
        if (end > start) {
            ADD_SCALED.run(x, factor, y, start, end);
        }
        super.addScaled(x, factor, y, end, start + columns - end);
    }

    @Override
    protected void softmaxBackward(float[] a, float[] g, float dot, float[] delta, int start, int columns) {
        int end = start + whole(columns);
        if (end > start) {
            SOFTMAX_BACKWARD.run(a, g, dot, delta, start, end);
        }
        super.softmaxBackward(a, g, dot, delta, end, start + columns - end);
    }

    /** The last vector of a row may overlap the one before it, so it is computed before that is stored; also below. */
    private static void addRowLoop(float[] x, float[] row, float[] out, int from, int to, int columns) {
        int last = columns - LANES;
        for (int start = from; start < to; start += columns) {
            FloatVector end = FloatVector.fromArray(S, x, start + last).add(FloatVector.fromArray(S, row, last));
            for (int j = 0; j < last; j += LANES) {
                FloatVector sum = FloatVector.fromArray(S, x, start + j).add(FloatVector.fromArray(S, row, j));
                sum.intoArray(out, start + j);
            }
            end.intoArray(out, start + last);
        }
    }

    private static void multiplyRowLoop(float[] x, float[] factor, float[] out, int from, int to, int columns) {
        int last = columns - LANES;
        for (int start = from; start < to; start += columns) {
            FloatVector end = FloatVector.fromArray(S, x, start + last).mul(FloatVector.fromArray(S, factor, last));
            for (int j = 0; j < last; j += LANES) {
                FloatVector times = FloatVector.fromArray(S, factor, j);
                FloatVector.fromArray(S, x, start + j).mul(times).intoArray(out, start + j);
            }
            end.intoArray(out, start + last);
        }
    }

    private static void multiplyAddRowLoop(
            float[] x, float[] factor, float[] row, float[] out, int from, int to, int columns) {
        int last = columns - LANES;
        for (int start = from; start < to; start += columns) {
            FloatVector end = FloatVector.fromArray(S, x, start + last)
                    .fma(FloatVector.fromArray(S, factor, last), FloatVector.fromArray(S, row, last));
            for (int j = 0; j < last; j += LANES) {
                FloatVector times = FloatVector.fromArray(S, factor, j);
                FloatVector added = FloatVector.fromArray(S, row, j);
                FloatVector.fromArray(S, x, start + j).fma(times, added).intoArray(out, start + j);
            }
            end.intoArray(out, start + last);
        }
    }

    /**
     * Sum four vectors of columns at a time, or one: sums stay in registers. If columns do not fill vectors, a last one overlaps: it is
     * summed first and stored last.
     */
    private static void columnSumsLoop(float[] x, float[] row, int from, int to, int rows, int columns) {
        int last = to - LANES;
        int whole = from + whole(to - from);
        FloatVector end = FloatVector.fromArray(S, row, last);
        for (int i = whole < to ? 0 : rows, at = last; i < rows; i++, at += columns) {
            end = FloatVector.fromArray(S, x, at).add(end);
        }
        int j = from;
        for (; j <= whole - 4 * LANES; j += 4 * LANES) {
            FloatVector s0 = FloatVector.fromArray(S, row, j);
            FloatVector s1 = FloatVector.fromArray(S, row, j + LANES);
            FloatVector s2 = FloatVector.fromArray(S, row, j + 2 * LANES);
            FloatVector s3 = FloatVector.fromArray(S, row, j + 3 * LANES);
            for (int i = 0, at = j; i < rows; i++, at += columns) {
                s0 = FloatVector.fromArray(S, x, at).add(s0);
                s1 = FloatVector.fromArray(S, x, at + LANES).add(s1);
                s2 = FloatVector.fromArray(S, x, at + 2 * LANES).add(s2);
                s3 = FloatVector.fromArray(S, x, at + 3 * LANES).add(s3);
            }
            s0.intoArray(row, j);
            s1.intoArray(row, j + LANES);
            s2.intoArray(row, j + 2 * LANES);
            s3.intoArray(row, j + 3 * LANES);
        }
        for (; j < whole; j += LANES) {
            FloatVector sum = FloatVector.fromArray(S, row, j);
            for (int i = 0, at = j; i < rows; i++, at += columns) {
                sum = FloatVector.fromArray(S, x, at).add(sum);
            }
            sum.intoArray(row, j);
        }
        if (whole < to) {
            end.intoArray(row, last);
        }
    }

    /** Compute chains of four vectors of columns at a time, or one, as sums. */
    private static void columnDotsLoop(float[] x, float[] y, float[] row, int from, int to, int rows, int columns) {
        int last = to - LANES;
        int whole = from + whole(to - from);
        FloatVector end = FloatVector.fromArray(S, row, last);
        for (int i = whole < to ? 0 : rows, at = last; i < rows; i++, at += columns) {
            end = FloatVector.fromArray(S, x, at).fma(FloatVector.fromArray(S, y, at), end);
        }
        int j = from;
        for (; j <= whole - 4 * LANES; j += 4 * LANES) {
            FloatVector s0 = FloatVector.fromArray(S, row, j);
            FloatVector s1 = FloatVector.fromArray(S, row, j + LANES);
            FloatVector s2 = FloatVector.fromArray(S, row, j + 2 * LANES);
            FloatVector s3 = FloatVector.fromArray(S, row, j + 3 * LANES);
            for (int i = 0, at = j; i < rows; i++, at += columns) {
                s0 = FloatVector.fromArray(S, x, at).fma(FloatVector.fromArray(S, y, at), s0);
                s1 = FloatVector.fromArray(S, x, at + LANES).fma(FloatVector.fromArray(S, y, at + LANES), s1);
                s2 = FloatVector.fromArray(S, x, at + 2 * LANES).fma(FloatVector.fromArray(S, y, at + 2 * LANES), s2);
                s3 = FloatVector.fromArray(S, x, at + 3 * LANES).fma(FloatVector.fromArray(S, y, at + 3 * LANES), s3);
            }
            s0.intoArray(row, j);
            s1.intoArray(row, j + LANES);
            s2.intoArray(row, j + 2 * LANES);
            s3.intoArray(row, j + 3 * LANES);
        }
        for (; j < whole; j += LANES) {
            FloatVector sum = FloatVector.fromArray(S, row, j);
            for (int i = 0, at = j; i < rows; i++, at += columns) {
                sum = FloatVector.fromArray(S, x, at).fma(FloatVector.fromArray(S, y, at), sum);
            }
            sum.intoArray(row, j);
        }
        if (whole < to) {
            end.intoArray(row, last);
        }
    }

    /** Set each lane to the greatest of its numbers. */
    private static void maxLoop(float[] x, float[] lanes, int start, int end) {
        FloatVector max = FloatVector.fromArray(S, x, start);
        for (int j = start + LANES; j < end; j += LANES) {
            max = FloatVector.fromArray(S, x, j).max(max);
        }
        max.intoArray(lanes, 0);
    }

    private static void subtractLoop(float[] x, float subtracted, float[] y, int start, int end) {
        FloatVector right = FloatVector.broadcast(S, subtracted);
        for (int j = start; j < end; j += LANES) {
            FloatVector.fromArray(S, x, j).sub(right).intoArray(y, j);
        }
    }

    private static void divideLoop(float[] x, float divisor, float[] y, int start, int end) {
        FloatVector right = FloatVector.broadcast(S, divisor);
        for (int j = start; j < end; j += LANES) {
            FloatVector.fromArray(S, x, j).div(right).intoArray(y, j);
        }
    }

    private static void addScaledLoop(float[] x, float factor, float[] y, int start, int end) {
        FloatVector times = FloatVector.broadcast(S, factor);
        for (int j = start; j < end; j += LANES) {
            FloatVector.fromArray(S, x, j)
                    .fma(times, FloatVector.fromArray(S, y, j))
                    .intoArray(y, j);
        }
    }

    private static void softmaxBackwardLoop(float[] a, float[] g, float dot, float[] delta, int start, int end) {
        FloatVector right = FloatVector.broadcast(S, dot);
        for (int j = start; j < end; j += LANES) {
            FloatVector difference = FloatVector.fromArray(S, g, j).sub(right);
            FloatVector.fromArray(S, a, j).mul(difference).intoArray(delta, j);
        }
    }
}
