package dev.chainrule.math.kernel;

import dev.chainrule.math.ThreadTeam;

/**
 * Describe one matrix product and split it over the threads: out[i, j] = Σₖ left[i, k]·right[k, j], any of the three read by
 * rows or by columns.
 *
 * <p>An element of a matrix lies at i·down + j·across. So a transpose is an exchange of the two steps, and a product may be
 * computed as its transpose, outᵀ = rightᵀ·leftᵀ, when that makes the inner loop longer: fma(a, b, c) = fma(b, a, c), and
 * every element's chain stays the same. How a part is computed, and what either orientation costs, is a subclass's business.
 */
public abstract class FloatProduct implements ThreadTeam.Task {
    private final ThreadTeam team;
    private final long sharedFrom;

    protected float[] left;
    protected int leftDown;
    protected int leftAcross;
    protected float[] right;
    protected int rightDown;
    protected int rightAcross;
    protected float[] out;
    protected int outDown;
    protected int outAcross;
    protected int depth;
    protected boolean accumulate;
    protected int rows;
    protected int columns;

    /**
     * Create a product.
     *
     * @param sharedFrom below this many fma a product stays on one thread
     */
    protected FloatProduct(ThreadTeam team, long sharedFrom) {
        this.team = team;
        this.sharedFrom = sharedFrom;
    }

    /** Return what the product costs as it stands, in any unit. */
    protected abstract long cost();

    /** Return what its transpose costs, in the unit of {@link #cost}. */
    protected abstract long transposedCost();

    /** Return how many parts a product can have at most. */
    protected final int parts() {
        return team.threads();
    }

    /**
     * Do what all parts need, before the first of them runs.
     *
     * @param team may be asked to help
     * @param parts how many there will be
     */
    protected void prepare(ThreadTeam team, int parts) {}

    /** Set left, or leftᵀ, from a matrix of {@code width} columns. */
    FloatProduct left(float[] data, int width, boolean transposed) {
        left = data;
        leftDown = transposed ? 1 : width;
        leftAcross = transposed ? width : 1;
        return this;
    }

    /** Set right, or rightᵀ, from a matrix of {@code width} columns. */
    FloatProduct right(float[] data, int width, boolean transposed) {
        right = data;
        rightDown = transposed ? 1 : width;
        rightAcross = transposed ? width : 1;
        return this;
    }

    /**
     * Compute the product.
     *
     * @param data [m, n]. Modified.
     * @param k how many products an element sums, 0 or more
     * @param accumulate whether chains start at the stored values, else at +0
     */
    void into(float[] data, int m, int n, int k, boolean accumulate) {
        this.out = data;
        this.outDown = n;
        this.outAcross = 1;
        this.rows = m;
        this.columns = n;
        this.depth = k;
        this.accumulate = accumulate;
        if (transposedCost() < cost()) {
            transpose();
        }
        boolean shares = team.threads() > 1 && (long) m * n * k >= sharedFrom;
        prepare(team, shares ? team.threads() : 1);
        if (shares) {
            team.run(this);
        } else {
            run(0, 1);
        }
        this.left = null; // kept no longer than needed
        this.right = null;
        this.out = null;
    }

    private void transpose() {
        float[] swapped = left;
        left = right;
        right = swapped;
        int down = leftDown;
        int across = leftAcross;
        leftDown = rightAcross;
        leftAcross = rightDown;
        rightDown = across;
        rightAcross = down;
        outAcross = outDown;
        outDown = 1;
        int count = rows;
        rows = columns;
        columns = count;
    }
}
