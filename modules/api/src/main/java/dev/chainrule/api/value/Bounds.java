package dev.chainrule.api.value;

import dev.chainrule.math.Numbers;

/**
 * The bounds of the numbers that a part of the program returns.
 *
 * @param least the lower bound; −∞ for none
 * @param greatest the upper bound; ∞ for none
 * @param sumsToOne whether the numbers of an example also add up to 1
 */
public record Bounds(double least, double greatest, boolean sumsToOne) {
    /** Any number. */
    public static final Bounds NONE = new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);

    /** Numbers from 0 to 1, each on its own. */
    public static final Bounds FRACTIONS = new Bounds(0, 1, false);

    /** The probabilities of classes that exclude each other. */
    public static final Bounds DISTRIBUTION = new Bounds(0, 1, true);

    /** Numbers above 0. */
    public static final Bounds POSITIVE = from(Double.MIN_VALUE);

    @Override
    public final boolean equals(Object other) {
        return other instanceof Bounds bounds
                && Double.compare(least, bounds.least) == 0
                && Double.compare(greatest, bounds.greatest) == 0
                && sumsToOne == bounds.sumsToOne;
    }

    @Override
    public final int hashCode() {
        return Double.hashCode(least) + Double.hashCode(greatest);
    }

    /**
     * Bound numbers from below only.
     *
     * @param least the lower bound
     * @return bounds without an upper limit
     */
    public static Bounds from(double least) {
        return new Bounds(least, Double.POSITIVE_INFINITY, false);
    }

    /**
     * Compare a number.
     *
     * @param number any
     * @return whether the number is within these bounds
     */
    public boolean contains(double number) {
        return number >= least && number <= greatest;
    }

    /**
     * Compare other bounds.
     *
     * @param other any
     * @return whether these bounds contain the other ones
     */
    public boolean contains(Bounds other) {
        return least <= other.least && greatest >= other.greatest && (other.sumsToOne || !sumsToOne);
    }

    /** {@return whether there is a bound on both sides} */
    public boolean areFinite() {
        return Double.isFinite(least) && Double.isFinite(greatest);
    }

    /** {@return these bounds in words, for messages: {@code numbers from 0 to 1}} */
    @Override
    public String toString() {
        if (sumsToOne) {
            return "probabilities that sum to 1";
        }
        if (areFinite()) {
            return "numbers from " + Numbers.format(least) + " to " + Numbers.format(greatest);
        }
        if (equals(POSITIVE)) {
            return "numbers above 0";
        }
        if (Double.isFinite(least)) {
            return "numbers of " + Numbers.format(least) + " or more";
        }
        return Double.isFinite(greatest) ? "numbers up to " + Numbers.format(greatest) : "any number";
    }
}
