package dev.chainrule.api.data;

import dev.chainrule.math.Matrix;

/**
 * A transform that can be undone, so that it may be used on targets: a network learns the targets transformed by
 * {@link #inputs}, and its outputs are transformed back by {@link #undo} before they are read or measured.
 *
 * <p>For targets, the transform is created with the targets as its inputs: an encoding whose columns are the values to be
 * learned, and kernels of float64. It must not change their number.
 */
public interface InvertibleTransform extends Transform {
    /**
     * Undo {@link #inputs}: {@code undo(inputs(x))} is x except for rounding.
     *
     * @param x [batch, out]. May be modified.
     * @return x, or a matrix [batch, in] owned by the transform, valid until the next call
     */
    Matrix undo(Matrix x);
}
