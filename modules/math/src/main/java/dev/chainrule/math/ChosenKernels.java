package dev.chainrule.math;

/** The kernels that {@link KernelParts} chooses. {@link KernelProvider} finds this class by name. */
public final class ChosenKernels extends KernelProvider {
    /** Create the provider. */
    public ChosenKernels() {}

    @Override
    protected Kernels kernels(Precision precision, ThreadTeam team) {
        return KernelParts.best(precision, team);
    }

    @Override
    protected FloatBytes floatBytes(boolean warm) {
        return parts(warm).floatBytes();
    }

    @Override
    protected DoubleBytes doubleBytes(boolean warm) {
        return parts(warm).doubleBytes();
    }

    private static KernelParts parts(boolean warm) {
        return warm ? KernelParts.then() : KernelParts.first();
    }
}
