package dev.chainrule.math.kernel.vector;

import jdk.incubator.vector.VectorShape;

/** The width of vectors: the one that the JVM prefers on this machine, or that of a system property. */
final class Widths {
    /** The system property that sets a width in bits: 64, 128, 256 or 512. A width beyond the machine's works, but slowly. */
    static final String PROPERTY = "chainrule.kernels.bits";

    static final VectorShape SHAPE = shape(Integer.getInteger(PROPERTY, 0));

    private static final int LEAST_BITS = 128;

    private Widths() {}

    /** Return whether vectors are wide enough to pay, or were requested by the property. */
    static boolean pay() {
        return SHAPE.vectorBitSize() >= LEAST_BITS || Integer.getInteger(PROPERTY, 0) != 0;
    }

    private static VectorShape shape(int bits) {
        return bits == 0 ? VectorShape.preferredShape() : VectorShape.forBitSize(bits);
    }
}
