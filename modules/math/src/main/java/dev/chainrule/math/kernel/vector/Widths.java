package dev.chainrule.math.kernel.vector;

import jdk.incubator.vector.VectorShape;

/** Choose the width of vectors: what the JVM prefers on this machine, or what a system property says. */
final class Widths {
    /** The system property that names a width in bits: 64, 128, 256 or 512. Beyond the machine's it works, slowly. */
    static final String PROPERTY = "chainrule.kernels.bits";

    static final VectorShape SHAPE = shape(Integer.getInteger(PROPERTY, 0));

    private static final int LEAST_BITS = 128;

    private Widths() {}

    /** Return whether vectors are wide enough to pay, or were asked for. */
    static boolean pay() {
        return SHAPE.vectorBitSize() >= LEAST_BITS || Integer.getInteger(PROPERTY, 0) != 0;
    }

    private static VectorShape shape(int bits) {
        return bits == 0 ? VectorShape.preferredShape() : VectorShape.forBitSize(bits);
    }
}
