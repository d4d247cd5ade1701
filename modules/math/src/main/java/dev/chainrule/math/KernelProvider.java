package dev.chainrule.math;

/**
 * The kernels of {@code dev.chainrule.math.kernel}, as this package uses them.
 *
 * <p>They compute on the types of this package and depend on it. To avoid a cycle, this package refers to them only by name.
 */
public abstract class KernelProvider {
    private static final String IMPLEMENTATION = "dev.chainrule.math.kernel.ChosenKernels";

    static final KernelProvider INSTANCE = find();

    protected KernelProvider() {}

    private static KernelProvider find() {
        try {
            return Class.forName(IMPLEMENTATION)
                    .asSubclass(KernelProvider.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the kernels are missing", e);
        }
    }

    /**
     * {@return the fastest kernels available}
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
     * @param warm whether so many bytes were read that the reader pays that is fastest once compiled
     */
    protected abstract FloatBytes floatBytes(boolean warm);

    /**
     * {@return a reader of bytes}
     *
     * @param warm whether so many bytes were read that the reader pays that is fastest once compiled
     */
    protected abstract DoubleBytes doubleBytes(boolean warm);
}
