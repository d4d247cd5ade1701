package dev.chainrule.api;

import dev.chainrule.math.Kernels;

/** Describe a change of the examples as YAML declares it. */
public interface TransformSpec {
    /**
     * Create the transform for examples of an encoding.
     *
     * @param encoding of what comes in
     * @param kernels the arithmetic, of the precision of the matrices
     * @return a new transform
     * @throws InputException if the transform does not fit
     */
    Transform create(Encoding encoding, Kernels kernels);

    /**
     * {@return whether the transform takes away a large part that numbers have in common, such as their mean} Then it and the
     * transforms before it compute with the float64 numbers of the source, which are rounded to the run's precision afterwards:
     * 1700000000 and 1700000001 are one number in float32, and two once 1700000000 has been subtracted from both.
     */
    default boolean beforeRounding() {
        return false;
    }

    /** {@return whether it takes inputs that are NaN, since no value of them is known; others never get one} */
    default boolean takesGaps() {
        return false;
    }

    /** {@return the bounds of the numbers that it can transform; another number is an error with its row, column and value} */
    default Bounds takes() {
        return Bounds.NONE;
    }
}
