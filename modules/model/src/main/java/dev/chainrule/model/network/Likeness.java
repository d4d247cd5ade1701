package dev.chainrule.model.network;

import dev.chainrule.math.Declared;
import dev.chainrule.math.Matrix;

/**
 * The likeness of a matrix's rows, and that of its columns: whether all are the same.
 *
 * @param rows whether each row equals the first
 * @param columns whether each column equals the first
 */
public record Likeness(boolean rows, boolean columns) {
    private static final Likeness NONE = new Likeness(false, false);

    /** Compare the values of a matrix; one without storage has a single value. */
    static Likeness of(Matrix w) {
        return Declared.isUntouched(w) ? new Likeness(true, true) : compare(w);
    }

    /** Return the likeness of a matrix of which nothing is known. */
    static Likeness unknown() {
        return NONE;
    }

    private static Likeness compare(Matrix w) {
        boolean rows = true;
        boolean columns = true;
        for (int i = 0; i < w.rows() && (rows || columns); i++) {
            for (int j = 0; j < w.columns() && (rows || columns); j++) {
                rows &= w.get(i, j) == w.get(0, j);
                columns &= w.get(i, j) == w.get(i, 0);
            }
        }
        return new Likeness(rows, columns);
    }
}
