package dev.chainrule.math.kernel;

/**
 * The access to the kernels of {@code dev.chainrule.math.kernel.vector}, which are compiled against a module that may be
 * missing in a JVM.
 *
 * <p>Everything here refers to that package only by name: without the module its classes cannot be linked.
 */
final class VectorParts {
    static final String MODULE = "jdk.incubator.vector";
    private static final String FACTORY = "dev.chainrule.math.kernel.vector.VectorKernelParts";

    /** The parts; null if unavailable. */
    static final KernelParts INSTANCE = find();

    private VectorParts() {}

    private static KernelParts find() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return null;
        }
        try {
            // null if the machine's vectors are too short to pay
            return (KernelParts)
                    Class.forName(FACTORY).getMethod("ofThisMachine").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the vector kernels are broken", e);
        }
    }
}
