package dev.chainrule.api;

import java.util.List;

/** The contract between the host and its plugins: its level, and the classes of the host that plugins see. */
public final class Api {
    /**
     * The level of this API, increased whenever a plugin compiled against the previous level could fail.
     *
     * <p>That is the case when a public signature that plugins {@linkplain #shows see} is removed or changed, when a type
     * that plugins implement gets a method without a default, and when a method's contract changes. Adding a type, or a
     * method with a default, does not increase the level. {@code signatures.txt}, which a test compares with the code, shows
     * every kind of change but the change of a contract.
     */
    public static final int LEVEL = 2;

    /** The types of {@code dev.chainrule.math} that plugins see, sorted; the others are internal, whatever their modifiers. */
    public static final List<String> MATH = List.of(
            "CommonFunction",
            "DoubleMatrix",
            "Draws",
            "FloatMatrix",
            "Kernels",
            "Matrix",
            "Numbers",
            "PairFunction",
            "Patches",
            "Precision",
            "RandomStream",
            "ScalarFunction",
            "Strict",
            "ThreadTeam",
            "UpdateRule",
            "Window");

    private static final String MATH_PACKAGE = "dev.chainrule.math.";

    private Api() {}

    /**
     * {@return whether plugins see a class of the host: those of this package, of {@link #MATH} and of EJML}
     *
     * @param name the class's binary name, such as {@code dev.chainrule.api.Kink} or {@code dev.chainrule.math.Matrix}
     */
    public static boolean shows(String name) {
        if (name.startsWith(MATH_PACKAGE)) {
            int nested = name.indexOf('$');
            return MATH.contains(name.substring(MATH_PACKAGE.length(), nested < 0 ? name.length() : nested));
        }
        return name.startsWith("dev.chainrule.api.") || name.startsWith("org.ejml.");
    }

    /**
     * {@return whether a class is the host's own and internal}
     *
     * @param name the class's binary name
     */
    public static boolean hides(String name) {
        return name.startsWith("dev.chainrule.")
                && !shows(name)
                && Api.class.getClassLoader().getResource(name.replace('.', '/') + ".class") != null;
    }
}
