package dev.chainrule.math.kernel;

import dev.chainrule.math.ThreadTeam;

/** A product in plain Java, with one {@link FloatPanel} per thread. */
final class FloatPlainProduct extends FloatProduct {
    /**
     * Handing over to spinning threads takes less than 1 µs, but waking parked ones costs the caller some 5 µs; this number
     * of fma takes 20 µs or more.
     */
    private static final long SHARED_FROM = 200_000;
    /**
     * The minimum number of columns per thread, below which rows are shared instead; with fewer columns the vector loops are
     * short.
     */
    private static final int COLUMNS_PER_THREAD = 128;
    /** The cost of starting and ending one inner loop, in elements. */
    private static final int LOOP_OVERHEAD = 24;
    /** The cost of copying one element against the storage order, in fma. */
    private static final int GATHER_COST = 10;

    private final FloatPanel[] panels;

    FloatPlainProduct(ThreadTeam team) {
        super(team, SHARED_FROM);
        this.panels = new FloatPanel[team.threads()];
    }

    @Override
    public void run(int part, int parts) {
        if (panels[part] == null) {
            panels[part] = new FloatPanel();
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

    @Override
    protected long cost() {
        long gather = (long) depth * columns * (rightAcross == 1 ? 1 : GATHER_COST);
        return (long) rows * depth * (columns + LOOP_OVERHEAD) + gather;
    }

    @Override
    protected long transposedCost() {
        long gather = (long) depth * rows * (leftDown == 1 ? 1 : GATHER_COST);
        long scatter = (long) rows * columns * GATHER_COST;
        return (long) columns * depth * (rows + LOOP_OVERHEAD) + gather + scatter;
    }
}
