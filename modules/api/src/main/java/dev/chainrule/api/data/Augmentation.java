package dev.chainrule.api.data;

import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;

/**
 * A random change of the examples of training batches, after the transforms. Examples that are evaluated or predicted never pass
 * through it, and the shape of an example stays.
 *
 * <p>The result of an example is a pure function of the batch, the row and the draws, so that neither threads nor a resumption
 * change a bit. The draws are those of the augmentation's stream at (epoch, number of the example among the training examples).
 */
public interface Augmentation {
    /**
     * Write the changed input of an example.
     *
     * @param x [batch, in] the inputs of the batch, numbers without gaps. Not modified.
     * @param row the example
     * @param out [batch, in]. Row {@code row} is modified, and only that: other threads write the others.
     * @param draws the random numbers of the example
     */
    void input(Matrix x, int row, Matrix out, Draws draws);

    /** {@return whether targets change with the inputs} If so, {@link #target} is called, and the network has a single output. */
    default boolean changesTarget() {
        return false;
    }

    /**
     * Write the changed target of an example. A class that each example has once arrives as a row with 1 in the column of the class
     * and 0 elsewhere, so that it can leave as probabilities; other targets arrive as the source gives them.
     *
     * @param y [batch, targets] the targets of the batch, a row for each example. Not modified.
     * @param row the example
     * @param out [batch, targets]. Row {@code row} is modified, and only that.
     * @param draws the same random numbers that {@link #input} receives for the example
     */
    default void target(Matrix y, int row, Matrix out, Draws draws) {
        out.copyRows(y, row, row, 1);
    }
}
