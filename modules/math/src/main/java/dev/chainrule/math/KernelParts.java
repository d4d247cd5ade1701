package dev.chainrule.math;

import java.util.Locale;

/**
 * Make what kernels are put together from: products, loops over elements, loops over rows and sums along them.
 *
 * <p>There are two kinds: plain Java, and the Vector API where the JVM has it ({@code --add-modules jdk.incubator.vector}) and
 * the machine vectors of 128 bits or more. Both give the same bits. The system property {@value #PROPERTY}, {@code plain} or
 * {@code vector}, takes the choice.
 */
public interface KernelParts {
    /** The system property that names the kind. */
    String PROPERTY = "chainrule.kernels";

    /** Return products for a team. */
    FloatProduct floatProduct(ThreadTeam team);

    /** Return products for a team. */
    DoubleProduct doubleProduct(ThreadTeam team);

    /** Return loops over elements for a team. */
    FloatElements floatElements(ThreadTeam team);

    /** Return loops over elements for a team. */
    DoubleElements doubleElements(ThreadTeam team);

    /** Return loops over rows. */
    FloatRows floatRows();

    /** Return loops over rows. */
    DoubleRows doubleRows();

    /** Return sums along rows. */
    FloatLanes floatLanes();

    /** Return sums along rows. */
    DoubleLanes doubleLanes();

    /** Return random masks for a team. */
    FloatMasks floatMasks(ThreadTeam team);

    /** Return random masks for a team. */
    DoubleMasks doubleMasks(ThreadTeam team);

    /** Return the kernels made of these parts. */
    default Kernels kernels(Precision precision, ThreadTeam team) {
        return switch (precision) {
            case FLOAT32 ->
                new FloatKernels(floatProduct(team), floatElements(team), floatRows(), floatLanes(), floatMasks(team));
            case FLOAT64 ->
                new DoubleKernels(
                        doubleProduct(team), doubleElements(team), doubleRows(), doubleLanes(), doubleMasks(team));
        };
    }

    /**
     * Return the parts to use here.
     *
     * @throws IllegalStateException if the property asks for what is not there, or is neither word
     */
    static KernelParts best() {
        String kind = System.getProperty(PROPERTY, "").toLowerCase(Locale.ROOT);
        return switch (kind) {
            case "plain" -> PlainParts.INSTANCE;
            case "vector" -> {
                if (VectorParts.INSTANCE == null) {
                    throw new IllegalStateException(PROPERTY + " is vector, but this JVM runs without the module "
                            + VectorParts.MODULE + " or the machine has no vectors of 128 bits");
                }
                yield VectorParts.INSTANCE;
            }
            case "" -> VectorParts.INSTANCE == null ? PlainParts.INSTANCE : VectorParts.INSTANCE;
            default -> throw new IllegalStateException(PROPERTY + " is '" + kind + "': plain or vector is meant");
        };
    }
}
