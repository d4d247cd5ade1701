package dev.chainrule.model.network;

import dev.chainrule.api.layer.Pass;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The values that a training step keeps until its backward pass, and those that it computes twice, so that they need no matrices of their
 * own: as T. Chen and others, "Training Deep Nets with Sublinear Memory Cost", 2016, section 4.
 *
 * <p>The stages, in the order of computation, are divided into segments. A step keeps the values that a later segment reads, the outputs,
 * and the values that their stages read, since a loss reads them. The other values of a segment take the matrices that those of other
 * segments have taken before. The backward pass goes through the segments in reverse: it first computes the values of a segment again,
 * from those that are kept, with the same parameters and the same places of random streams, hence the same bits. Those of the last
 * segment are still there. A gradient takes over the matrix of a later value's gradient as soon as the backward pass has gone through the
 * stage of that value.
 *
 * <p>With n stages and k segments, the i-th segment ends at that one of the stages from i·n/k − n/(2k) to i·n/k + n/(2k) after which
 * values with the fewest columns are read by later ones; of equal ones at the nearest to i·n/k, of those at the first. k is the number
 * up to 2·√n with which all values take the fewest columns, the smallest of equal ones.
 */
public final class Recomputation {
    private final Topology topology;
    /** The values with matrices of their own, in the order of computation. */
    private final int[] computed;
    /** By value: the last one whose stage reads it; beyond all values if a loss may read it. */
    private final int[] lastReads;
    /** By place in the order of computation: the columns of the values before it and at it that are read after it. */
    private final long[] crossing;

    /** The last value of each segment. */
    private int[] ends;
    /** By segment: the values that are computed again. */
    private int[][] repeated;

    private MatrixPool values;
    private final MatrixPool deltas;
    private final Repetition repetition = new Repetition();

    /** A pass that is made a second time: all values have the same bits again, and running statistics stay. */
    private static final class Repetition implements Pass {
        private Pass first;

        @Override
        public boolean training() {
            return first.training();
        }

        @Override
        public boolean tracksStatistics() {
            return false;
        }

        @Override
        public int epoch() {
            return first.epoch();
        }

        @Override
        public long position() {
            return first.position();
        }

        @Override
        public int batch(int rows) {
            return first.batch(rows);
        }
    }

    /** Determine the values to compute twice. */
    public Recomputation(Topology topology) {
        this.topology = topology;
        this.lastReads = topology.lastReads();
        int count = 0;
        int[] own = new int[topology.size()];
        for (int v = 1; v < own.length; v++) {
            if (!topology.isShared(v)) {
                own[count++] = v;
            }
        }
        this.computed = Arrays.copyOf(own, count);
        this.crossing = crossing();
        for (int segments = 1; segments <= Math.max(1, 2 * Math.sqrt(count)); segments++) {
            int[] candidate = divide(segments);
            MatrixPool pool = new MatrixPool(topology.size());
            int[][] again = assign(candidate, pool);
            if (values == null || pool.columns() < values.columns()) {
                ends = candidate;
                repeated = again;
                values = pool;
            }
        }
        this.deltas = gradients();
    }

    private long[] crossing() {
        long[] sums = new long[computed.length];
        long[] changes = new long[topology.size() + 1];
        for (int v : computed) {
            if (lastReads[v] > v && lastReads[v] < topology.size()) {
                changes[v] += topology.width(v);
                changes[lastReads[v]] -= topology.width(v);
            }
        }
        long sum = 0;
        int v = 0;
        for (int place = 0; place < sums.length; place++) {
            for (; v <= computed[place]; v++) {
                sum += changes[v];
            }
            sums[place] = sum;
        }
        return sums;
    }

    /** Return the last value of each segment. */
    private int[] divide(int segments) {
        int[] found = new int[segments];
        int count = 0;
        int stages = computed.length;
        int half = stages / (2 * segments);
        int next = 0;
        for (int i = 1; i < segments; i++) {
            int even = (int) ((long) i * stages / segments) - 1;
            int best = -1;
            for (int place = Math.max(next, even - half); place <= Math.min(even + half, stages - 2); place++) {
                boolean nearer = best >= 0
                        && crossing[place] == crossing[best]
                        && Math.abs(place - even) < Math.abs(best - even);
                best = best < 0 || crossing[place] < crossing[best] || nearer ? place : best;
            }
            if (best >= 0) {
                found[count++] = computed[best];
                next = best + 1;
            }
        }
        found[count++] = topology.last();
        return Arrays.copyOf(found, count);
    }

    /**
     * Assign values to matrices; return those that are computed again, by segment.
     *
     * @param pool modified
     */
    private int[][] assign(int[] lasts, MatrixPool pool) {
        int[][] again = new int[lasts.length][];
        List<Integer> kept = new ArrayList<>();
        int place = 0;
        for (int s = 0; s < lasts.length; s++) {
            List<Integer> inner = new ArrayList<>();
            boolean learned = false;
            for (; place < computed.length && computed[place] <= lasts[s]; place++) {
                int v = computed[place];
                (lastReads[v] > lasts[s] ? kept : inner).add(v);
                learned |= topology.isLearned(v);
            }
            again[s] = learned ? inner.stream().mapToInt(Integer::intValue).toArray() : new int[0];
            inner.sort(Comparator.comparing((Integer v) -> topology.width(v)).reversed());
            for (int i = 0; i < inner.size(); i++) {
                pool.put(inner.get(i), i, topology.width(inner.get(i)));
            }
        }
        for (int v : kept) {
            pool.take(v, topology.width(v));
        }
        for (int v = 1; v < topology.size(); v++) {
            if (topology.isShared(v)) {
                pool.share(v, topology.input(v, 0));
            }
        }
        return again;
    }

    /**
     * Assign gradients to matrices, each from its first use in a backward pass until that of the stage that computes its value. Those of
     * outputs have their own, which are never used if the loss is fused with the output's activation.
     */
    private MatrixPool gradients() {
        MatrixPool pool = new MatrixPool(topology.size());
        for (int v : computed) {
            if (topology.isLearned(v) && lastReads[v] >= topology.size()) {
                pool.take(v, topology.width(v));
            }
        }
        for (int i = computed.length - 1; i >= 0; i--) {
            int v = computed[i];
            for (int k = 0; k < topology.inputs(v); k++) {
                int u = topology.owner(topology.input(v, k));
                if (topology.isLearned(u) && u > 0 && !pool.has(u)) {
                    pool.take(u, topology.width(u));
                }
            }
            if (pool.has(v) && !topology.isOutput(v)) {
                pool.free(v);
            }
        }
        for (int v = 1; v < topology.size(); v++) {
            if (topology.isShared(v)) {
                pool.share(v, topology.input(v, 0));
            }
        }
        return pool;
    }

    /** Return the number of segments. */
    public int segments() {
        return ends.length;
    }

    /** Return the number of the segment that ends with a value; negative if none does. */
    int segmentTo(int v) {
        int found = Arrays.binarySearch(ends, v);
        return found >= 0 ? found : -1;
    }

    /** Return the values of a segment that are computed again. */
    int[] repeated(int segment) {
        return repeated[segment];
    }

    /** Return a pass in which values are computed again, valid until the next call. */
    Pass again(Pass pass) {
        repetition.first = pass;
        return repetition;
    }

    /** Return the additions and multiplications for one example that a step makes a second time. */
    public long flops() {
        long sum = 0;
        for (int s = 0; s < segments() - 1; s++) {
            for (int v : repeated[s]) {
                sum += topology.stage(v).flops();
            }
        }
        return sum;
    }

    /** Return the columns of the matrices of all values. */
    long valueColumns() {
        return values.columns();
    }

    /** Return the columns of the matrices of all gradients. */
    long deltaColumns() {
        return deltas.columns();
    }

    /**
     * Create the matrices.
     *
     * @param outs those of the values; modified
     * @param gradients those of their gradients; modified
     */
    void create(Kernels kernels, Matrix[] outs, Matrix[] gradients) {
        values.create(kernels, outs);
        deltas.create(kernels, gradients);
    }
}
