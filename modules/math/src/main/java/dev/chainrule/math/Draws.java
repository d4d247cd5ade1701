package dev.chainrule.math;

/**
 * A sequence of random numbers at one place of a {@link RandomStream}.
 *
 * <p>A place has 2³² blocks of four 32-bit words. Not safe for concurrent use; each thread obtains its own from the stream.
 */
public final class Draws {
    private static final double TWO_TO_MINUS_53 = 0x1p-53;
    private static final double TWO_TO_MINUS_24 = 0x1p-24;
    private static final int WORDS = 4;
    private static final double TURN = 2 * Math.PI;
    private static final double HALF = 0.5;
    private static final double QUARTER = 0.25;
    private static final double EIGHTH = 0.125;
    private static final int LAST_COSINE = 16;
    private static final int LAST_SINE = 17;

    private int key0;
    private int key1;
    private final int[] words = new int[WORDS];
    private int epoch;
    private long index;
    private int block;
    private int used;

    Draws(int key0, int key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /**
     * Move to the beginning of another place in the same stream.
     *
     * @param epoch from 0
     * @param index from 0
     * @return these draws
     */
    public Draws seek(int epoch, long index) {
        this.epoch = epoch;
        this.index = index;
        this.block = 0;
        this.used = WORDS;
        return this;
    }

    /**
     * Move to the beginning of a place in a stream.
     *
     * @param stream the stream, this one or another
     * @param epoch from 0
     * @param index from 0
     * @return these draws
     */
    public Draws seek(RandomStream stream, int epoch, long index) {
        key0 = stream.key0();
        key1 = stream.key1();
        return seek(epoch, index);
    }

    /** {@return 32 random bits} */
    public int bits() {
        if (used == WORDS) {
            Philox.block(block++, (int) index, (int) (index >>> 32), epoch, key0, key1, words);
            used = 0;
        }
        return words[used++];
    }

    /** {@return a number in [0, 1): a multiple of 2⁻⁵³, all equally likely} Uses two words, the high one first. */
    public double uniform() {
        long high = bits() & 0xffffffffL;
        long low = bits() & 0xffffffffL;
        return ((high << 32 | low) >>> 11) * TWO_TO_MINUS_53;
    }

    /** {@return a number in [0, 1): a multiple of 2⁻²⁴, all equally likely} Uses one word: for masks. */
    public double uniform24() {
        return (bits() >>> 8) * TWO_TO_MINUS_24;
    }

    /**
     * {@return an integer in [0, bound), all equally likely}
     *
     * <p>Source: D. Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 29(1), 2019, algorithm 5.
     *
     * @param bound 1 or more
     */
    public int below(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound is " + bound + ", at least 1 is required");
        }
        long product = (bits() & 0xffffffffL) * bound;
        if ((product & 0xffffffffL) < bound) {
            long threshold = (1L << 32) % bound;
            while ((product & 0xffffffffL) < threshold) {
                product = (bits() & 0xffffffffL) * bound;
            }
        }
        return (int) (product >>> 32);
    }

    /**
     * {@return a draw of the standard normal distribution: √(−2 ln u)·cos 2πv with u in (0, 1] and v in [0, 1)}
     *
     * <p>Source: G. Box, M. Muller, "A Note on the Generation of Random Normal Deviates", 1958; the second value of the pair
     * is not used, so that a draw does not depend on earlier ones. {@link StrictMath} gives the same bits everywhere.
     */
    public double normal() {
        double u = 1 - uniform();
        double v = uniform();
        return Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v);
    }

    /**
     * {@return a draw of the standard normal distribution for noise in every step: √(−2 ln u)·cos 2πv with u in (0, 1] and v in
     * [0, 1)} Drawn as {@link #normal}, but computed without {@link StrictMath#cos}, which allocates on some JDKs.
     */
    public double noise() {
        double u = 1 - uniform();
        double v = uniform();
        return Math.sqrt(-2 * Strict.log(u)) * cosineOfTurn(v);
    }

    /**
     * {@return cos 2πv} Reflections, all exact, bring it to the cosine or sine of an angle up to π/4, where the first terms of Taylor's
     * series left out are below 3e-18.
     *
     * @param v in [0, 1): the part of a full turn
     */
    public static double cosineOfTurn(double v) {
        double fromHalf = Math.abs(v - HALF);
        if (fromHalf <= EIGHTH) {
            return -cosine(TURN * fromHalf);
        }
        double fromQuarter = QUARTER - fromHalf;
        return fromHalf < HALF - EIGHTH ? -sine(TURN * fromQuarter) : cosine(TURN * (HALF - fromHalf));
    }

    private static double cosine(double x) {
        double square = x * x;
        double sum = 0;
        for (int k = LAST_COSINE; k > 0; k -= 2) { // 1 − x²/2! + x⁴/4! …, nested
            sum = square / ((k - 1) * k) * (1 - sum);
        }
        return 1 - sum;
    }

    private static double sine(double x) {
        double square = x * x;
        double sum = 0;
        for (int k = LAST_SINE; k > 1; k -= 2) { // x·(1 − x²/3! + x⁴/5! …), nested
            sum = square / ((k - 1) * k) * (1 - sum);
        }
        return x - x * sum;
    }
}
