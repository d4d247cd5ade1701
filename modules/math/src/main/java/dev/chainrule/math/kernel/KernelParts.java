package dev.chainrule.math.kernel;

import dev.chainrule.math.DoubleBytes;
import dev.chainrule.math.FloatBytes;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import java.util.Locale;
import java.util.Optional;

/**
 * A factory for the parts of kernels: products, loops over elements, loops over rows and sums along them.
 *
 * <p>There are two kinds: plain Java, and the Vector API if the JVM has it ({@code --add-modules jdk.incubator.vector}) and
 * the machine has vectors of 128 bits or more. Both give the same bits. If both are available, kernels begin in plain Java
 * and switch to vectors after {@value #PLAIN_WORK} fma: until C2 has compiled it, code on the Vector API allocates an object
 * per vector and is a hundred times slower than plain loops, for a second or more, and shorter work would lose more than it
 * could gain. The system property {@value #PROPERTY}, {@code plain} or {@code vector}, overrides the choice.
 */
public interface KernelParts {
    /** The system property that selects the kind. */
    String PROPERTY = "chainrule.kernels";

    /** The multiplications and additions in products after which vectors pay: some tenths of a second in plain Java. */
    long PLAIN_WORK = 1L << 30;

    /**
     * The number of exponentials, or of functions that use them such as a sigmoid, after which vectors pay: each saves 10 ns,
     * and C2 takes some tenths of a second. A softmax over ten classes never reaches this number.
     */
    long PLAIN_EXPONENTIALS = 1L << 24;

    /**
     * {@return products for a team}
     *
     * @param team splits large outputs
     */
    FloatProduct floatProduct(ThreadTeam team);

    /**
     * {@return products for a team}
     *
     * @param team splits large outputs
     */
    DoubleProduct doubleProduct(ThreadTeam team);

    /**
     * {@return loops over elements for a team}
     *
     * @param team splits large outputs
     */
    FloatElements floatElements(ThreadTeam team);

    /**
     * {@return loops over elements for a team}
     *
     * @param team splits large outputs
     */
    DoubleElements doubleElements(ThreadTeam team);

    /**
     * {@return loops over rows for a team}
     *
     * @param team splits large matrices
     */
    FloatRows floatRows(ThreadTeam team);

    /**
     * {@return loops over rows for a team}
     *
     * @param team splits large matrices
     */
    DoubleRows doubleRows(ThreadTeam team);

    /** {@return sums along rows} */
    FloatLanes floatLanes();

    /** {@return sums along rows} */
    DoubleLanes doubleLanes();

    /**
     * {@return random masks for a team}
     *
     * @param team splits large outputs
     */
    FloatMasks floatMasks(ThreadTeam team);

    /**
     * {@return random masks for a team}
     *
     * @param team splits large outputs
     */
    DoubleMasks doubleMasks(ThreadTeam team);

    /**
     * {@return patches of images for a team}
     *
     * @param team splits large outputs
     */
    FloatPatches floatPatches(ThreadTeam team);

    /**
     * {@return patches of images for a team}
     *
     * @param team splits large outputs
     */
    DoublePatches doublePatches(ThreadTeam team);

    /**
     * {@return maxima and means of patches for a team}
     *
     * @param team splits large outputs
     */
    FloatPooling floatPooling(ThreadTeam team);

    /**
     * {@return maxima and means of patches for a team}
     *
     * @param team splits large outputs
     */
    DoublePooling doublePooling(ThreadTeam team);

    /**
     * {@return products of convolutions for a team}
     *
     * @param team splits large outputs
     */
    default FloatConvolution floatConvolution(ThreadTeam team) {
        return new FloatConvolution(team, this);
    }

    /**
     * {@return products of convolutions for a team}
     *
     * @param team splits large outputs
     */
    default DoubleConvolution doubleConvolution(ThreadTeam team) {
        return new DoubleConvolution(team, this);
    }

    /** {@return the length of the vectors of these parts, in bits; 0 for plain Java} */
    default int vectorBits() {
        return 0;
    }

    /** {@return the converter of bytes} */
    default FloatBytes floatBytes() {
        return FloatBytes.PLAIN;
    }

    /** {@return the converter of bytes} */
    default DoubleBytes doubleBytes() {
        return DoubleBytes.PLAIN;
    }

    /**
     * {@return the kernels consisting of these parts}
     *
     * @param precision the number format
     * @param team splits large outputs
     */
    default Kernels kernels(Precision precision, ThreadTeam team) {
        return kernels(precision, team, this);
    }

    /** Return kernels consisting of these parts, and of others after {@value #PLAIN_WORK} fma. */
    private Kernels kernels(Precision precision, ThreadTeam team, KernelParts warm) {
        return switch (precision) {
            case FLOAT32 -> new FloatKernels(team, this, warm);
            case FLOAT64 -> new DoubleKernels(team, this, warm);
        };
    }

    /** {@return the parts in plain Java} */
    static KernelParts plain() {
        return PlainParts.INSTANCE;
    }

    /** {@return the parts on the Vector API; empty if the JVM runs without it or the machine has no vectors of 128 bits} */
    static Optional<KernelParts> vector() {
        return Optional.ofNullable(VectorParts.INSTANCE);
    }

    /**
     * {@return the initial parts on this machine}
     *
     * @throws IllegalStateException if the property selects unavailable parts, or has another value
     */
    static KernelParts initial() {
        String kind = System.getProperty(PROPERTY, "").toLowerCase(Locale.ROOT);
        return switch (kind) {
            case "plain", "" -> plain();
            case "vector" ->
                vector().orElseThrow(() ->
                        new IllegalStateException(PROPERTY + " is vector, but this JVM runs without the module "
                                + VectorParts.MODULE + " or the machine has no vectors of 128 bits"));
            default -> throw new IllegalStateException(PROPERTY + " is '" + kind + "': plain or vector is required");
        };
    }

    /** {@return the parts for longer work: those of {@link #initial} if the property is set} */
    static KernelParts warm() {
        return System.getProperty(PROPERTY, "").isEmpty() ? vector().orElse(plain()) : initial();
    }

    /**
     * {@return the best kernels on this machine}
     *
     * @param precision the number format
     * @param team splits large outputs
     */
    static Kernels best(Precision precision, ThreadTeam team) {
        return initial().kernels(precision, team, warm());
    }
}
