package dev.chainrule.math;

import java.util.function.Consumer;

/**
 * Matrices with a shape whose storage is allocated lazily, when an element is first read or written. So a network of any size
 * can be built and inspected by its shapes in very little memory.
 *
 * <p>Not for use by two threads at once: the first use of an element allocates.
 */
public final class Declared {
    /** The initial values of a matrix that is only a shape. */
    static final Consumer<Matrix> NONE = w -> {
        throw new Untouchable();
    };

    /** The initial values of a matrix of zeros. */
    private static final Consumer<Matrix> ZEROS = w -> {};

    private Declared() {}

    /** An access to an element of a matrix that is only a shape. */
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
     * {@return a matrix that is only a shape: {@link Matrix#fill} does nothing, and access to its elements throws
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
     * Set the initial values of a declared matrix, to be computed when an element is first read or written.
     *
     * @param values fills the matrix, which contains zeros
     * @return whether the matrix is declared and has no storage yet; otherwise nothing was done
     */
    public static boolean fillLater(Matrix matrix, Consumer<Matrix> values) {
        return matrix instanceof FloatMatrix floats
                ? floats.fillLater(values)
                : matrix instanceof DoubleMatrix doubles && doubles.fillLater(values);
    }

    /** {@return whether a matrix has no storage yet, because none of its elements was read or written} */
    public static boolean isUntouched(Matrix matrix) {
        return matrix instanceof FloatMatrix floats
                ? floats.isUntouched()
                : matrix instanceof DoubleMatrix doubles && doubles.isUntouched();
    }
}
