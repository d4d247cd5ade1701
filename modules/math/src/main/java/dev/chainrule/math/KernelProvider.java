package dev.chainrule.math;

/**
 * The kernels of {@code dev.chainrule.math.kernel}, as this package uses them.
 *
 * <p>They compute on the types of this package and depend on it. So that it does not depend on them in turn, it refers to them
 * by name alone.
 */
public abstract class KernelProvider {
    private static final String IMPLEMENTATION = "dev.chainrule.math.kernel.ChosenKernels";

    static final KernelProvider INSTANCE = find();

    protected KernelProvider() {}

    private static KernelProvider find() {
        try {
            return (KernelProvider)
                    Class.forName(IMPLEMENTATION).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the kernels are missing", e);
        }
    }

    /**
     * {@return the fastest kernels here}
     *
     * @param precision the number format
     * @param team splits large outputs
     */
    protected abstract Kernels kernels(Precision precision, ThreadTeam team);

    /**
     * {@return kernels whose matrices are {@link Declared}}
     *
     * @param precision the number format
     * @param team splits large outputs
     */
    protected abstract Kernels declaringKernels(Precision precision, ThreadTeam team);

    /**
     * {@return a reader of bytes}
     *
     * @param warm whether enough bytes were read for the reader to pay that is fastest once it is compiled
     */
    protected abstract FloatBytes floatBytes(boolean warm);

    /**
     * {@return a reader of bytes}
     *
     * @param warm whether enough bytes were read for the reader to pay that is fastest once it is compiled
     */
    protected abstract DoubleBytes doubleBytes(boolean warm);
}
