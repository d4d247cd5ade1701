package dev.chainrule.engine.objective;

import dev.chainrule.api.data.Target;
import dev.chainrule.math.Matrix;

/**
 * The rows that a loss and metrics see: a matrix [batch, positions·n] as [batch·positions, n], without a copy. Without positions, these
 * are the examples.
 */
public final class Rows {
    private final int positions;
    private final Matrix view;

    /**
     * Create a view of matrices with the positions of a target.
     *
     * @param view of the precision of the matrices. It becomes the view.
     */
    public Rows(Target target, Matrix view) {
        this(target.rows(), view);
    }

    Rows(int positions, Matrix view) {
        this.positions = positions;
        this.view = view;
    }

    /** Return the rows of some examples, valid until the next call; the matrix itself if these are its rows. */
    public Matrix of(Matrix examples) {
        return positions == 1
                ? examples
                : view.view(examples, examples.rows() * positions, examples.columns() / positions);
    }

    /** Return the examples of some rows, valid until the next call; the matrix itself if these are its rows. */
    public Matrix examples(Matrix rows) {
        return positions == 1 ? rows : view.view(rows, rows.rows() / positions, rows.columns() * positions);
    }
}
