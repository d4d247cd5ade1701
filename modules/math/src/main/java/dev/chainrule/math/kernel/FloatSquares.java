package dev.chainrule.math.kernel;

import dev.chainrule.math.ThreadTeam;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The sum of squares over several matrices, each computed by one thread in the order of {@link FloatLanes}; idle threads take
 * the next matrix.
 */
final class FloatSquares implements ThreadTeam.Task {
    /** The number of elements that one thread sums in about the time that another takes to start. */
    private static final int SHARED_FROM = 65_536;

    private final ThreadTeam team;
    private final FloatLanes[] lanes;
    private final AtomicInteger next = new AtomicInteger();
    private float[][] matrices = new float[0][];
    private int[] sizes = new int[0];
    private float[] sums = new float[0];
    private int count;

    /** Create the sums of one caller. */
    FloatSquares(ThreadTeam team, KernelParts parts) {
        this.team = team;
        this.lanes = new FloatLanes[team.threads()];
        Arrays.setAll(lanes, part -> parts.floatLanes());
    }

    /** Allocate the memory for this number of matrices. */
    void begin(int count) {
        this.count = count;
        if (sums.length < count) {
            matrices = new float[count][];
            sizes = new int[count];
            sums = new float[count];
        }
    }

    /** Take matrix {@code i}. */
    void take(int i, float[] data, int size) {
        matrices[i] = data;
        sizes[i] = size;
    }

    /** Return the sum over the matrices, in their order. */
    double sum() {
        long elements = 0;
        for (int i = 0; i < count; i++) {
            elements += sizes[i];
        }
        next.set(0);
        if (team.threads() > 1 && elements >= SHARED_FROM) {
            team.run(this);
        } else {
            run(0, 1);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += sums[i];
            matrices[i] = null; // release the array
        }
        return sum;
    }

    @Override
    public void run(int part, int parts) {
        for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            sums[i] = lanes[part].dot(matrices[i], matrices[i], 0, sizes[i]);
        }
    }
}
