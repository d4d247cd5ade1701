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
}
