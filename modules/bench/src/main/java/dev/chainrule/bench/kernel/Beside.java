package dev.chainrule.bench.kernel;

import dev.chainrule.bench.vector.FmaPeak;
import dev.chainrule.math.Precision;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The measurements made right before an iteration in the same process, passed to JMH's results by methods, since JMH sets
 * counters that are fields to 0 when an iteration begins.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Beside {
    static final String PEAK = "peak";
    static final String ALONE = "alone";
    private static final long NANOS = 30_000_000;

    private double peak;
    private double alone;

    /** Return the GFLOP/s of one core's fma. */
    public double peak() {
        return peak;
    }

    /** Return the nanoseconds of a call by one thread if several threads are measured; else 0. */
    public double alone() {
        return alone;
    }

    void measure(Precision precision, Runnable byOneThread) {
        peak = FmaPeak.measure(precision, NANOS);
        long started = System.nanoTime();
        long calls = 0;
        while (byOneThread != null && System.nanoTime() - started < NANOS) {
            byOneThread.run();
            calls++;
        }
        alone = calls == 0 ? 0 : (double) (System.nanoTime() - started) / calls;
    }
}
