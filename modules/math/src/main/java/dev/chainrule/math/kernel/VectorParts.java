package dev.chainrule.math.kernel;

/**
 * Find the kernels of {@code dev.chainrule.math.kernel.vector}, which are compiled against a module that a JVM need not have.
 *
 * <p>Nothing here refers to that package but by name: where the module is missing its classes cannot even be linked.
 */
final class VectorParts {
    static final String MODULE = "jdk.incubator.vector";
    private static final String FACTORY = "dev.chainrule.math.kernel.vector.Parts";

    /** The parts; null where there are none. */
    static final KernelParts INSTANCE = find();

    private VectorParts() {}

    private static KernelParts find() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return null;
        }
        try {
            // null where the machine's vectors are too short to pay
            return (KernelParts)
                    Class.forName(FACTORY).getMethod("ofThisMachine").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the vector kernels are broken", e);
        }
    }
}
