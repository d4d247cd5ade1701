package dev.chainrule.api;

/**
 * Record which branch a piecewise function takes for each of its elements.
 *
 * <p>A gradient check asks for the branches at θ − h, θ and θ + h. Where they differ the step has crossed a kink, and the central
 * difference says nothing about the derivative at θ.
 */
public final class Branches {
    private static final long PRIME = 0x100000001b3L;
    private static final long BASIS = 0xcbf29ce484222325L;

    private long fingerprint = BASIS;
    private boolean differentiable = true;

    /** Create one that has seen nothing. */
    public Branches() {}

    /**
     * Add the number of the branch that the next element takes: the column of a maximum, 0 or 1 for two sides.
     *
     * @param branch the number of the branch
     */
    public void take(int branch) {
        fingerprint = (fingerprint ^ branch) * PRIME; // Fowler, Noll and Vo's hash, over words
    }

    /**
     * Add the side of a kink that a number lies on: below, on it, above.
     *
     * @param number what is compared
     * @param kink where the derivative jumps
     */
    public void side(double number, double kink) {
        take(number < kink ? 0 : number > kink ? 2 : 1);
    }

    /** Add an element at which the gradient is not meant to be the derivative, such as a logarithm that is cut off. */
    public void none() {
        differentiable = false;
    }

    /** Forget everything. */
    public void clear() {
        fingerprint = BASIS;
        differentiable = true;
    }

    /** {@return a number that differs, but for an accident of 1 in 2⁶⁴, where the branches do} */
    public long fingerprint() {
        return fingerprint;
    }

    /** {@return whether every element had a derivative} */
    public boolean differentiable() {
        return differentiable;
    }
}
