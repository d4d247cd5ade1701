package dev.chainrule.api.layer;

/**
 * A record of the branch that a piecewise function takes for each of its elements.
 *
 * <p>A gradient check collects the branches at θ − h, θ and θ + h. If they differ, the step has crossed a kink, and the
 * central difference does not approximate the derivative at θ.
 */
public final class Branches {
    private static final long PRIME = 0x100000001b3L;
    private static final long BASIS = 0xcbf29ce484222325L;

    private long fingerprint = BASIS;
    private boolean differentiable = true;

    /** Create an empty record. */
    public Branches() {}

    /**
     * Add the number of the branch that the next element takes: the column of a maximum, 0 or 1 for two sides.
     *
     * @param branch the number of the branch
     */
    public void add(int branch) {
        fingerprint = (fingerprint ^ branch) * PRIME; // Fowler, Noll and Vo's hash, over words
    }

    /**
     * Add the position of a number relative to a kink: below, on it or above.
     *
     * @param number the number to compare
     * @param kink the number at which the derivative jumps
     */
    public void addSide(double number, double kink) {
        add(number < kink ? 0 : number > kink ? 2 : 1);
    }

    /** Mark an element at which the gradient is not meant to be the derivative, such as a clipped logarithm. */
    public void markNotDifferentiable() {
        differentiable = false;
    }

    /** Forget everything. */
    public void clear() {
        fingerprint = BASIS;
        differentiable = true;
    }

    /** {@return a hash of the branches: equal for different ones only with a chance of 1 in 2⁶⁴} */
    public long fingerprint() {
        return fingerprint;
    }

    /** {@return whether every element had a derivative} */
    public boolean differentiable() {
        return differentiable;
    }
}
