package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.kernel.vector.FloatSpecies.LANES;
import static dev.chainrule.math.kernel.vector.FloatSpecies.S;
import static dev.chainrule.math.kernel.vector.FloatSpecies.whole;

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

    @Override
    protected void addRow(float[] x, float[] row, int size, int columns) {
        ADD_ROW.run(x, row, size, columns);
    }

    @Override
    protected void multiplyRow(float[] x, float[] factor, float[] out, int size, int columns) {
        MULTIPLY_ROW.run(x, factor, out, size, columns);
    }

    @Override
    protected void multiplyAddRow(float[] x, float[] factor, float[] row, int size, int columns) {
        MULTIPLY_ADD_ROW.run(x, factor, row, size, columns);
    }

    @Override
    protected void columnSums(float[] x, float[] row, int size, int columns) {
        COLUMN_SUMS.run(x, row, size, columns);
    }

    @Override
    protected void columnDots(float[] x, float[] y, float[] row, int size, int columns) {
        COLUMN_DOTS.run(x, y, row, size, columns);
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

    private static void addRowLoop(float[] x, float[] row, int size, int columns) {
        int end = columns & -LANES;
        for (int start = 0; start < size; start += columns) {
            for (int j = 0; j < end; j += LANES) {
                FloatVector sum = FloatVector.fromArray(S, x, start + j).add(FloatVector.fromArray(S, row, j));
                sum.intoArray(x, start + j);
            }
            for (int j = end; j < columns; j++) {
                x[start + j] += row[j];
            }
        }
    }

    private static void multiplyRowLoop(float[] x, float[] factor, float[] out, int size, int columns) {
        int end = columns & -LANES;
        for (int start = 0; start < size; start += columns) {
            for (int j = 0; j < end; j += LANES) {
                FloatVector times = FloatVector.fromArray(S, factor, j);
                FloatVector.fromArray(S, x, start + j).mul(times).intoArray(out, start + j);
            }
            for (int j = end; j < columns; j++) {
                out[start + j] = x[start + j] * factor[j];
            }
        }
    }

    private static void multiplyAddRowLoop(float[] x, float[] factor, float[] row, int size, int columns) {
        int end = columns & -LANES;
        for (int start = 0; start < size; start += columns) {
            for (int j = 0; j < end; j += LANES) {
                FloatVector times = FloatVector.fromArray(S, factor, j);
                FloatVector added = FloatVector.fromArray(S, row, j);
                FloatVector.fromArray(S, x, start + j).fma(times, added).intoArray(x, start + j);
            }
            for (int j = end; j < columns; j++) {
                x[start + j] = Math.fma(x[start + j], factor[j], row[j]);
            }
        }
    }

    private static void columnSumsLoop(float[] x, float[] row, int size, int columns) {
        int end = columns & -LANES;
        for (int start = 0; start < size; start += columns) {
            for (int j = 0; j < end; j += LANES) {
                FloatVector sum = FloatVector.fromArray(S, row, j).add(FloatVector.fromArray(S, x, start + j));
                sum.intoArray(row, j);
            }
            for (int j = end; j < columns; j++) {
                row[j] += x[start + j];
            }
        }
    }

    private static void columnDotsLoop(float[] x, float[] y, float[] row, int size, int columns) {
        int end = columns & -LANES;
        for (int start = 0; start < size; start += columns) {
            for (int j = 0; j < end; j += LANES) {
                FloatVector left = FloatVector.fromArray(S, x, start + j);
                FloatVector right = FloatVector.fromArray(S, y, start + j);
                left.fma(right, FloatVector.fromArray(S, row, j)).intoArray(row, j);
            }
            for (int j = end; j < columns; j++) {
                row[j] = Math.fma(x[start + j], y[start + j], row[j]);
            }
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
