package dev.chainrule.math;

/**
 * Map one number to one number, with the derivative, in both precisions.
 *
 * <p>The float forms default to the double forms, rounded once; a function that overrides them must keep them pure and free
 * of platform-dependent calls ({@link Strict}, not {@link Math}). Several threads may call one function at once.
 */
public interface ScalarFunction {
    /** Return σ(z). */
    double value(double z);

    /** Return σ′(z), where a = σ(z) is known already. */
    double derivative(double z, double a);

    /** Return σ(z) in float32; by default {@link #value(double)}, rounded. */
    default float value(float z) {
        return (float) value((double) z);
    }

    /** Return σ′(z) in float32; by default {@link #derivative(double, double)}, rounded. */
    default float derivative(float z, float a) {
        return (float) derivative((double) z, (double) a);
    }
}
