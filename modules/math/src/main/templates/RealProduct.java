package dev.chainrule.math;

/**
 * Describe one matrix product and split it over the threads: out[i, j] = Σₖ left[i, k]·right[k, j], any of the three read by
 * rows or by columns.
 *
 * <p>An element of a matrix lies at i·down + j·across. So a transpose is an exchange of the two steps, and a product may be
 * computed as its transpose, outᵀ = rightᵀ·leftᵀ, when that makes the inner loop longer: fma(a, b, c) = fma(b, a, c), and
 * every element's chain stays the same.
 */
final class @Real@Product implements ThreadTeam.Task {
    /**
     * Below this many fma a product stays on one thread. Handing over to spinning threads takes less than 1 µs, but waking
     * parked ones costs the caller some 5 µs; this many fma take 20 µs or more.
     */
    private static final long SHARED_FROM = 200_000;
    /** Columns that each thread gets at least, else rows are shared; with fewer the vector loops are short. */
    private static final int COLUMNS_PER_THREAD = 128;
    /** What starting and ending one inner loop costs, in elements. */
    private static final int LOOP_OVERHEAD = 24;
    /** What copying one element against the storage order costs, in fma. */
    private static final int GATHER_COST = 10;

    private final ThreadTeam team;
    private final @Real@Panel[] panels;

    @real@[] left;
    int leftDown;
    int leftAcross;
    @real@[] right;
    int rightDown;
    int rightAcross;
    @real@[] out;
    int outDown;
    int outAcross;
    int depth;
    boolean accumulate;
    private int rows;
    private int columns;

    @Real@Product(ThreadTeam team) {
        this.team = team;
        this.panels = new @Real@Panel[team.threads()];
    }

    /** Set left, or leftᵀ, from a matrix of {@code width} columns. */
    @Real@Product left(@real@[] data, int width, boolean transposed) {
        left = data;
        leftDown = transposed ? 1 : width;
        leftAcross = transposed ? width : 1;
        return this;
    }

    /** Set right, or rightᵀ, from a matrix of {@code width} columns. */
    @Real@Product right(@real@[] data, int width, boolean transposed) {
        right = data;
        rightDown = transposed ? 1 : width;
        rightAcross = transposed ? width : 1;
        return this;
    }

    /**
     * Compute the product.
     *
     * @param data [m, n]. Modified.
     * @param k how many products an element sums, at least 1
     * @param accumulate whether chains start at the stored values, else at +0
     */
    void into(@real@[] data, int m, int n, int k, boolean accumulate) {
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
        if (team.threads() > 1 && (long) m * n * k >= SHARED_FROM) {
            team.run(this);
        } else {
            run(0, 1);
        }
        this.left = null; // kept no longer than needed
        this.right = null;
        this.out = null;
    }

    @Override
    public void run(int part, int parts) {
        if (panels[part] == null) {
            panels[part] = new @Real@Panel();
        }
        if (columns >= (long) parts * COLUMNS_PER_THREAD) {
            panels[part].compute(this, 0, rows, share(columns, part, parts), share(columns, part + 1, parts));
        } else {
            panels[part].compute(this, share(rows, part, parts), share(rows, part + 1, parts), 0, columns);
        }
    }

    private static int share(int count, int part, int parts) {
        return (int) ((long) count * part / parts);
    }

    private long cost() {
        long gather = (long) depth * columns * (rightAcross == 1 ? 1 : GATHER_COST);
        return (long) rows * depth * (columns + LOOP_OVERHEAD) + gather;
    }

    private long transposedCost() {
        long gather = (long) depth * rows * (leftDown == 1 ? 1 : GATHER_COST);
        long scatter = (long) rows * columns * GATHER_COST;
        return (long) columns * depth * (rows + LOOP_OVERHEAD) + gather + scatter;
    }

    private void transpose() {
        @real@[] swapped = left;
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
