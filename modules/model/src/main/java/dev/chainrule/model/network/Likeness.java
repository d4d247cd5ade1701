package dev.chainrule.model.network;

import dev.chainrule.math.Declared;
import dev.chainrule.math.Matrix;
import java.util.function.Predicate;

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
        return Declared.isUntouched(w)
                ? new Likeness(true, true)
                : new Likeness(
                        all(w, place -> w.get(place[0], place[1]) == w.get(0, place[1])),
                        all(w, place -> w.get(place[0], place[1]) == w.get(place[0], 0)));
    }

    /** Return the likeness of a matrix of which nothing is known. */
    static Likeness unknown() {
        return NONE;
    }

    private static boolean all(Matrix w, Predicate<int[]> holds) {
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < w.columns(); j++) {
                if (!holds.test(new int[] {i, j})) {
                    return false;
                }
            }
        }
        return true;
    }
}
