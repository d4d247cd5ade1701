package dev.chainrule.math;

/**
 * A function of two numbers, and of one that is the same for a whole row: computed by a loss or a metric for each output.
 *
 * <p>It must be pure and free of platform-dependent calls ({@link Strict}, not {@link Math}). Each class of functions has its
 * own loops, in which the JIT compiler inlines it; a lambda is a class.
 */
@FunctionalInterface
public interface PairFunction {
    /**
     * {@return f(x, y) given c}
     *
     * @param x the first number
     * @param y the second number
     * @param c the third number
     */
    double of(double x, double y, double c);
}
