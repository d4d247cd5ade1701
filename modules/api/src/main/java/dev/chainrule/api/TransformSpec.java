package dev.chainrule.api;

import dev.chainrule.math.Kernels;

/** Describe a change of the examples as YAML declares it. */
public interface TransformSpec {
    /**
     * Create the transform for examples of an encoding.
     *
     * @throws InputException if the transform does not fit
     */
    Transform create(Encoding encoding, Kernels kernels);
}
