package dev.chainrule.api;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.Kernels;

/** The declaration of a transform in YAML. */
public interface TransformSpec {
    /**
     * Create the transform for examples of an encoding.
     *
     * @param encoding the encoding of the examples to transform
     * @param kernels the arithmetic, of the precision of the matrices
     * @return a new transform
     * @throws InputException if the transform does not fit
     */
    Transform create(Encoding encoding, Kernels kernels);

    /**
     * {@return whether the transform subtracts a large part that numbers have in common, such as their mean} If so, it and
     * the transforms before it compute with the source's float64 numbers, and the result is rounded to the run's precision:
     * 1700000000 and 1700000001 are the same number in float32, but differ after subtracting 1700000000.
     */
    default boolean beforeRounding() {
        return false;
    }

    /** {@return whether the transform uses the random draws of examples, see {@link Transform.Origin}} */
    default boolean draws() {
        return false;
    }

    /** {@return whether the transform accepts NaN for inputs with unknown values; others never receive one} */
    default boolean takesGaps() {
        return false;
    }

    /**
     * {@return the bounds of the numbers that it can transform; any other number is an error, reported with row, column and
     * value}
     */
    default Bounds takes() {
        return Bounds.NONE;
    }
}
