package dev.chainrule.math.kernel;

import dev.chainrule.math.ThreadTeam;

/**
 * One matrix product, split over the threads: out[i, j] = Σₖ left[i, k]·right[k, j], each of the three read by rows or by
 * columns.
 *
 * <p>The index of an element is i·down + j·across. So transposing exchanges the two steps, and a product may be computed as
 * its transpose, outᵀ = rightᵀ·leftᵀ, if that makes the inner loop longer: fma(a, b, c) = fma(b, a, c), and every element's
 * chain stays the same. Subclasses compute the parts and the cost of both orientations.
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
     * @param sharedFrom the number of fma below which a product stays on one thread
     */
    protected FloatProduct(ThreadTeam team, long sharedFrom) {
        this.team = team;
        this.sharedFrom = sharedFrom;
    }

    /** Return the cost of the product in its present orientation, in any unit. */
    protected abstract long cost();

    /** Return the cost of the transposed product, in the unit of {@link #cost}. */
    protected abstract long transposedCost();

    /** Return the maximum number of parts. */
    protected final int parts() {
        return team.threads();
    }

    /**
     * Prepare the data that all parts share, before the first part runs.
     *
     * @param team may be used for the preparation
     * @param parts the number of parts
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
     * @param k the number of products per element, 0 or more
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
        this.left = null; // release the arrays
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
