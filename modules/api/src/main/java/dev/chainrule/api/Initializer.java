package dev.chainrule.api;

import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;

/** An initializer of parameters. It has no state: the record is the function. */
public interface Initializer {
    /**
     * Fill a parameter, by rows. Reject a shape before the first element is used: for a large parameter, commands that do not
     * train stop there.
     *
     * @param w [rows, columns]. Modified.
     * @param fanIn the number of inputs that one output sums
     * @param fanOut the number of outputs that one input feeds
     * @param draws the parameter's own random numbers. Modified.
     * @throws InputException if the initializer does not fit the shape
     */
    void fill(Matrix w, int fanIn, int fanOut, Draws draws);
}
