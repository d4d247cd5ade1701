package dev.chainrule.engine.check;

import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.util.Locale;

/** Make a wrong gradient of a right one, as programmers do. */
enum Tampering {
    NONE,
    SIGN,
    FACTOR_TWO,
    FACTOR_PERCENT,
    TIMES_BATCH,
    OVER_BATCH,
    MISSING,
    TRANSPOSED,
    NEXT_COLUMN,
    NEXT_ROW,
    STALE,
    ADDED;

    /** The kind of mistake, as the proof counts them. */
    String kind() {
        return switch (this) {
            case FACTOR_TWO, FACTOR_PERCENT -> "factor";
            case TIMES_BATCH, OVER_BATCH -> "wrong batch mean";
            case TRANSPOSED -> "transposed";
            case NEXT_COLUMN, NEXT_ROW -> "off-by-one index";
            case STALE -> "stale";
            case ADDED -> "not overwritten";
            case MISSING -> "missing term";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    /** The cause in the report. */
    String cause() {
        return switch (this) {
            case SIGN -> "the sign is wrong";
            case FACTOR_TWO -> "it is 2.00000 times";
            case FACTOR_PERCENT -> "it is 1.01000 times";
            case TIMES_BATCH -> "the mean over the batch of 5 is forgotten";
            case OVER_BATCH -> "the mean over the batch of 5 is taken twice";
            case MISSING -> "a term is missing";
            case TRANSPOSED -> "transposed";
            case NEXT_COLUMN, NEXT_ROW -> "an index is off by one";
            case STALE -> "the batch before";
            case ADDED -> "added to the old values";
            case NONE -> "";
        };
    }

    /** Return whether it changes a matrix of this shape. */
    boolean changes(int rows, int columns) {
        return switch (this) {
            case TRANSPOSED -> rows > 1 && columns > 1;
            case NEXT_ROW -> rows > 1;
            case NEXT_COLUMN -> columns > 1;
            default -> this != NONE;
        };
    }

    /** Remember the gradient of the previous pass. */
    static final class Memory {
        private Matrix last;
    }

    /**
     * Put a wrong gradient in place of a right one.
     *
     * @param before the matrix before the right values were written
     */
    void apply(Matrix gradient, Matrix before, int batch, Memory memory) {
        Matrix right = copy(gradient);
        int rows = gradient.rows();
        int columns = gradient.columns();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int place = i * columns + j;
                double value = right.get(i, j);
                gradient.set(
                        i,
                        j,
                        switch (this) {
                            case NONE -> value;
                            case SIGN -> -value;
                            case FACTOR_TWO -> 2 * value;
                            case FACTOR_PERCENT -> 1.01 * value;
                            case TIMES_BATCH -> batch * value;
                            case OVER_BATCH -> value / batch;
                            case MISSING -> 0;
                            case TRANSPOSED -> right.get(place % rows, place / rows);
                            case NEXT_COLUMN -> right.get(i, (j + 1) % columns);
                            case NEXT_ROW -> right.get((i + 1) % rows, j);
                            case STALE -> memory.last == null ? value : memory.last.get(i, j);
                            case ADDED -> before.get(i, j) + value;
                        });
            }
        }
        memory.last = right;
    }

    static Matrix copy(Matrix matrix) {
        Matrix copy = new DoubleMatrix(0, 0);
        copy.copyFrom(matrix);
        return copy;
    }
}
