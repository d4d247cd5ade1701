package dev.chainrule.math.kernel;

import dev.chainrule.math.DoubleBytes;
import dev.chainrule.math.FloatBytes;
import dev.chainrule.math.KernelProvider;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;

/** The kernels that {@link KernelParts} chooses. {@link KernelProvider} finds this class by name. */
public final class ChosenKernels extends KernelProvider {
    /** Create the provider. */
    public ChosenKernels() {}

    @Override
    protected Kernels kernels(Precision precision, ThreadTeam team) {
        return KernelParts.best(precision, team);
    }

    @Override
    protected Kernels declaringKernels(Precision precision, ThreadTeam team) {
        KernelParts initial = KernelParts.initial();
        KernelParts warm = KernelParts.warm();
        return switch (precision) {
            case FLOAT32 -> new FloatKernels(team, initial, warm, true);
            case FLOAT64 -> new DoubleKernels(team, initial, warm, true);
        };
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
        return warm ? KernelParts.warm() : KernelParts.initial();
    }
}
