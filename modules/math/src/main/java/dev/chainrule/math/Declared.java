package dev.chainrule.math;

import java.util.function.Consumer;

/**
 * Matrices that have their shape before they have storage, which is allocated when an element is first read or written. So a network
 * of any size can be built and looked at, by everything that knows of shapes alone, in next to no memory.
 *
 * <p>Not for use by two threads at once: the first use of an element allocates.
 */
public final class Declared {
    /** The first values of a matrix that is a shape and nothing else. */
    static final Consumer<Matrix> NONE = w -> {
        throw new Untouchable();
    };

    /** The first values of a matrix of zeros. */
    private static final Consumer<Matrix> ZEROS = w -> {};

    private Declared() {}

    /** An element was read or written of a matrix that has none. */
    public static final class Untouchable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Untouchable() {
            super("this matrix has a shape and no elements", null, false, false);
        }
    }

    /**
     * {@return kernels whose matrices are declared}
     *
     * @param precision the number format
     * @param team splits large outputs
     */
    public static Kernels kernels(Precision precision, ThreadTeam team) {
        return KernelProvider.INSTANCE.declaringKernels(precision, team);
    }

    /**
     * {@return a declared matrix of zeros}
     *
     * @param precision the number format
     * @param rows 0 or more
     * @param columns 0 or more
     */
    public static Matrix zeros(Precision precision, int rows, int columns) {
        return matrix(precision, rows, columns, ZEROS);
    }

    /**
     * {@return a matrix whose elements can be filled with one value, which does nothing, and neither be read nor written: that throws
     * {@link Untouchable}}
     *
     * @param precision the number format
     * @param rows 0 or more
     * @param columns 0 or more
     */
    public static Matrix shape(Precision precision, int rows, int columns) {
        return matrix(precision, rows, columns, NONE);
    }

    private static Matrix matrix(Precision precision, int rows, int columns, Consumer<Matrix> first) {
        return precision == Precision.FLOAT32
                ? new FloatMatrix(rows, columns, first)
                : new DoubleMatrix(rows, columns, first);
    }

    /**
     * Give a declared matrix its first values, to be computed when an element is first read or written.
     *
     * @param values fills the matrix, then of zeros
     * @return whether it is declared and has no storage; else nothing was done
     */
    public static boolean fillLater(Matrix matrix, Consumer<Matrix> values) {
        return matrix instanceof FloatMatrix floats
                ? floats.fillLater(values)
                : matrix instanceof DoubleMatrix doubles && doubles.fillLater(values);
    }

    /** {@return whether a matrix has no storage, since none of its elements was read or written} */
    public static boolean isUntouched(Matrix matrix) {
        return matrix instanceof FloatMatrix floats
                ? floats.isUntouched()
                : matrix instanceof DoubleMatrix doubles && doubles.isUntouched();
    }
}
