package dev.chainrule.api;

import dev.chainrule.math.Matrix;

/**
 * Change numbers in a way that can be undone, so that it may be used on targets: a network learns them as {@link #inputs} leaves
 * them, and its outputs come back through {@link #undo} before anybody reads or measures them.
 *
 * <p>Created for targets, the transform has the targets as its inputs: an encoding whose columns are the values to be learned, and
 * kernels of float64. It must not change their number.
 */
public interface InvertibleTransform extends Transform {
    /**
     * Undo {@link #inputs}: {@code undo(inputs(x))} is x but for rounding.
     *
     * @param x [batch, out]. May be modified.
     * @return x, or a matrix [batch, in] of the transform's own, valid until the next call
     */
    Matrix undo(Matrix x);
}
