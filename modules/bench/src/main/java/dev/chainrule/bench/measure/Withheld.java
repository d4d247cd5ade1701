package dev.chainrule.bench.measure;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The share of time that busy threads do not get, because other programs, or the host of a virtual machine, have the processors.
 *
 * <p>A host may withhold time without telling its guest, whose statistics then show busy processors: a thread that reads the
 * clock without a pause finds gaps. The peak of fma does not show them, since it is the best of short runs.
 */
public final class Withheld {
    /** Longer than an interrupt takes, shorter than a scheduler's slice of time. */
    private static final long GAP_NANOS = 200_000;

    private Withheld() {}

    /**
     * Return the share of time in gaps, over all threads, from 0 to 1.
     *
     * @param nanos the time to measure
     * @param threads that are busy at once
     */
    public static double measure(long nanos, int threads) {
        ExecutorService busy = Executors.newFixedThreadPool(threads);
        try {
            double sum = 0;
            Callable<Double> one = () -> gaps(nanos);
            for (Future<Double> each : busy.invokeAll(Collections.nCopies(threads, one))) {
                sum += each.get();
            }
            return sum / threads;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the time that is withheld was not measured", e);
        } finally {
            busy.shutdown();
        }
    }

    private static double gaps(long nanos) {
        long started = System.nanoTime();
        long before = started;
        long sum = 0;
        while (before - started < nanos) {
            long now = System.nanoTime();
            if (now - before >= GAP_NANOS) {
                sum += now - before;
            }
            before = now;
        }
        return (double) sum / (before - started);
    }
}
