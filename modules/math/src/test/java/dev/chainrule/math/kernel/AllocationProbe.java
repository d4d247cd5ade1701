package dev.chainrule.math.kernel;

import com.sun.management.ThreadMXBean;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A fresh JVM that compiles the kernels in an order of its own, and then names those that allocate at every call.
 *
 * <p>It runs with {@code -Xbatch}, which compiles in the calling thread: the number of calls alone decides when a method is compiled,
 * so that the outcome does not depend on the load of the machine.
 */
final class AllocationProbe {
    private static final int ROUNDS = 60;
    private static final int MOST_IN_A_ROW = 200;
    private static final int MOST_ROWS = 13;
    private static final int LAST_CALLS = 3_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long own = Thread.currentThread().getId();

    private AllocationProbe() {}

    /** Take a precision and a number that decides the order; print the width, and each kernel that allocates with its bytes. */
    public static void main(String[] args) {
        Precision precision = Precision.valueOf(args[0]);
        System.out.println(VectorParts.INSTANCE.vectorBits() + " bits: "
                + new AllocationProbe().probe(precision, new Random(Long.parseLong(args[1]))));
    }

    private List<String> probe(Precision precision, Random order) {
        List<String> allocating = new ArrayList<>();
        try (ThreadTeam team = new ThreadTeam(1)) {
            Kernels kernels = VectorParts.INSTANCE.kernels(precision, team);
            int m = 1 + order.nextInt(MOST_ROWS);
            List<Call> calls = new ArrayList<>();
            for (Map.Entry<String, KernelCases.Case> each : KernelCases.all().entrySet()) {
                DrawnOperands drawn = new DrawnOperands(precision, m, 67, 9, false, false);
                each.getValue().call(kernels, drawn);
                drawn.matrices().forEach(AllocationProbe::clearColumns);
                KeptOperands kept = new KeptOperands(drawn, drawn.matrices());
                calls.add(new Call(each.getKey(), () -> each.getValue().call(kernels, kept.again())));
            }
            for (int round = 0; round < ROUNDS; round++) {
                Collections.shuffle(calls, order);
                for (Call call : calls) {
                    int times = 1 + order.nextInt(MOST_IN_A_ROW);
                    for (int i = 0; i < times; i++) {
                        call.run().run();
                    }
                }
            }
            for (Call call : calls) {
                long least = leastAllocated(call.run());
                if (least > 0) {
                    allocating.add(call.name() + " " + least);
                }
            }
        }
        return allocating;
    }

    /** Set every third column to zero: products leave out such steps, by a loop of their own. */
    private static void clearColumns(Matrix matrix) {
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j += 3) {
                matrix.set(i, j, 0);
            }
        }
    }

    /** Return the fewest bytes that a call has allocated, after as many calls as compile it whatever came before. */
    private long leastAllocated(Runnable run) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < LAST_CALLS && least > 0; i++) {
            long before = threads.getThreadAllocatedBytes(own);
            run.run();
            least = Math.min(least, threads.getThreadAllocatedBytes(own) - before);
        }
        return least;
    }

    private record Call(String name, Runnable run) {}
}
