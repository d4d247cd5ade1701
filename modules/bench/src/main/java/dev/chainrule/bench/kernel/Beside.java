package dev.chainrule.bench.kernel;

import dev.chainrule.bench.vector.FmaPeak;
import dev.chainrule.math.Precision;
import java.util.List;
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
    static final String TOGETHER = "together";
    private static final long NANOS = 30_000_000;

    private double peak;
    private double alone;
    private double together;

    /** Return the GFLOP/s of one core's fma. */
    public double peak() {
        return peak;
    }

    /** Return the nanoseconds of a call by one thread if several threads are measured; else 0. */
    public double alone() {
        return alone;
    }

    /**
     * Return the nanoseconds per call of several threads that call at the same time, each for itself, if several threads are
     * measured; else 0.
     */
    public double together() {
        return together;
    }

    /**
     * Measure.
     *
     * @param byOneThread the same call once for each thread, on operands of its own; none if one thread is measured
     */
    void measure(Precision precision, List<Runnable> byOneThread) {
        peak = FmaPeak.measure(precision, NANOS);
        if (!byOneThread.isEmpty()) {
            alone = 1 / rate(byOneThread.get(0));
            together =
                    1 / byOneThread.parallelStream().mapToDouble(Beside::rate).sum();
        }
    }

    /** Return the calls per nanosecond. */
    private static double rate(Runnable call) {
        long started = System.nanoTime();
        long calls = 0;
        while (System.nanoTime() - started < NANOS) {
            call.run();
            calls++;
        }
        return (double) calls / (System.nanoTime() - started);
    }
}
