package dev.chainrule.math.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.sun.management.ThreadMXBean;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hold that kernels allocate nothing once C2 has compiled them: a vector that escapes is an object. */
final class AllocationTests {
    /** In nanoseconds: far longer than C2 takes, also where its thread gets a small share of a busy machine. */
    private static final long PATIENCE = 60_000_000_000L;

    private static final int WARM_IN_A_ROW = 20;

    @ParameterizedTest
    @CsvSource({"FLOAT32, plain", "FLOAT64, plain", "FLOAT32, vector", "FLOAT64, vector"})
    void kernels_warm_allocateNothing(Precision precision, String kind) {
        KernelParts parts = kind.equals("plain") ? PlainParts.INSTANCE : VectorParts.INSTANCE;
        assertNotNull(parts);
        int checked = 0;
        try (ThreadTeam team = new ThreadTeam(2)) {
            Kernels kernels = parts.kernels(precision, team);
            for (Map.Entry<String, KernelCases.Case> each : KernelCases.all().entrySet()) {
                DrawnOperands drawn = new DrawnOperands(precision, 33, 35, 37, false, false);
                each.getValue().call(kernels, drawn);
                KeptOperands kept = new KeptOperands(drawn, drawn.matrices());
                KernelCases.Case call = each.getValue();
                assertEquals(0, allocatedWarm(() -> call.call(kernels, kept.again())), each.getKey());
                checked++;
            }
        }
        assertEquals(KernelCases.all().size(), checked);
    }

    /** Return the bytes of the last call, when many in a row have allocated nothing or patience is at its end. */
    private static long allocatedWarm(Runnable step) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long own = Thread.currentThread().getId();
        long allocated = 0;
        int inARow = 0;
        long end = System.nanoTime() + PATIENCE;
        while (inARow < WARM_IN_A_ROW && System.nanoTime() < end) {
            long before = threads.getThreadAllocatedBytes(own);
            step.run();
            allocated = threads.getThreadAllocatedBytes(own) - before;
            inARow = allocated == 0 ? inARow + 1 : 0;
        }
        return allocated;
    }
}
