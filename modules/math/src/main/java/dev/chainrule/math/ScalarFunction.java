package dev.chainrule.math;

/**
 * A function of one number with its derivative, in both precisions.
 *
 * <p>The float forms default to the double forms, rounded once; a function that overrides them must keep them pure and free
 * of platform-dependent calls ({@link Strict}, not {@link Math}). Several threads may call one function at once.
 */
public interface ScalarFunction {
    /**
     * {@return σ(z)}
     *
     * @param z any number
     */
    double value(double z);

    /**
     * {@return σ′(z), given a = σ(z)}
     *
     * @param z any number
     * @param a σ(z)
     */
    double derivative(double z, double a);

    /**
     * {@return σ(z) in float32; by default {@link #value(double)}, rounded}
     *
     * @param z any number
     */
    default float value(float z) {
        return (float) value((double) z);
    }

    /**
     * {@return σ′(z) in float32; by default {@link #derivative(double, double)}, rounded}
     *
     * @param z any number
     * @param a σ(z)
     */
    default float derivative(float z, float a) {
        return (float) derivative((double) z, (double) a);
    }
}
