package dev.chainrule.bench.vector;

import dev.chainrule.math.Precision;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/**
 * The peak performance of one core or of several at once: twelve chains of fma on vectors of the preferred width, limited
 * only by the units and the latency of fma.
 *
 * <p>Two fma units with a latency of four or five cycles need eight or ten chains at once; twelve and the two factors fit in
 * sixteen registers.
 */
public final class FmaPeak {
    private static final int CHAINS = 12;
    private static final int PASSES = 20_000;

    private FmaPeak() {}

    /**
     * Return GFLOP/s of one core, an fma counting as two, the best of several short runs within a time.
     *
     * @param nanos the time to measure
     */
    public static double measure(Precision precision, long nanos) {
        long end = System.nanoTime() + nanos;
        return precision == Precision.FLOAT32 ? floatPeak(end) : doublePeak(end);
    }

    private static double floatPeak(long end) {
        double flops = flops(FloatVector.SPECIES_PREFERRED.length());
        double best = 0;
        float sum = 0;
        long before = System.nanoTime();
        while (before < end) {
            sum += floats(PASSES);
            long after = System.nanoTime();
            best = Math.max(best, flops / (after - before));
            before = after;
        }
        return checked(sum, best);
    }

    /** A loop of its own: one that may call either, compiled as a whole, runs at a half or a third of the speed. */
    private static double doublePeak(long end) {
        double flops = flops(DoubleVector.SPECIES_PREFERRED.length());
        double best = 0;
        double sum = 0;
        long before = System.nanoTime();
        while (before < end) {
            sum += doubles(PASSES);
            long after = System.nanoTime();
            best = Math.max(best, flops / (after - before));
            before = after;
        }
        return checked(sum, best);
    }

    private static double flops(int lanes) {
        return 2.0 * lanes * CHAINS * PASSES;
    }

    /** Return the best, using the sum, so that the loops are not optimised away. */
    private static double checked(double sum, double best) {
        if (sum < 0) {
            throw new AssertionError("sums of positive numbers");
        }
        return best;
    }

    /**
     * Return GFLOP/s of several cores at once: less than the sum of single cores if they share power, clock or units.
     *
     * @param nanos the time to measure
     */
    public static double measure(Precision precision, long nanos, int cores) {
        CyclicBarrier start = new CyclicBarrier(cores);
        ExecutorService threads = Executors.newFixedThreadPool(cores);
        Callable<Double> one = () -> {
            start.await();
            return measure(precision, nanos);
        };
        try {
            double sum = 0;
            for (Future<Double> core : threads.invokeAll(Collections.nCopies(cores, one))) {
                sum += core.get();
            }
            return sum;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the peak was not measured", e);
        } finally {
            threads.shutdown();
        }
    }

    /** Return the width of vectors in bits. */
    public static int bits() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }

    private static float floats(int passes) {
        FloatVector x = FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, 0.999_999f);
        FloatVector y = FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, 1e-6f);
        FloatVector a = y; // all begin with different numbers, otherwise they would be one chain
        FloatVector b = a.add(y);
        FloatVector c = b.add(y);
        FloatVector d = c.add(y);
        FloatVector e = d.add(y);
        FloatVector f = e.add(y);
        FloatVector g = f.add(y);
        FloatVector h = g.add(y);
        FloatVector i = h.add(y);
        FloatVector j = i.add(y);
        FloatVector k = j.add(y);
        FloatVector l = k.add(y);
        for (int pass = 0; pass < passes; pass++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
            k = k.fma(x, y);
            l = l.fma(x, y);
        }
        FloatVector sum = a.add(b).add(c).add(d).add(e).add(f);
        return sum.add(g).add(h).add(i).add(j).add(k).add(l).lane(0);
    }

    private static double doubles(int passes) {
        DoubleVector x = DoubleVector.broadcast(DoubleVector.SPECIES_PREFERRED, 0.999_999);
        DoubleVector y = DoubleVector.broadcast(DoubleVector.SPECIES_PREFERRED, 1e-6);
        DoubleVector a = y;
        DoubleVector b = a.add(y);
        DoubleVector c = b.add(y);
        DoubleVector d = c.add(y);
        DoubleVector e = d.add(y);
        DoubleVector f = e.add(y);
        DoubleVector g = f.add(y);
        DoubleVector h = g.add(y);
        DoubleVector i = h.add(y);
        DoubleVector j = i.add(y);
        DoubleVector k = j.add(y);
        DoubleVector l = k.add(y);
        for (int pass = 0; pass < passes; pass++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
            k = k.fma(x, y);
            l = l.fma(x, y);
        }
        DoubleVector sum = a.add(b).add(c).add(d).add(e).add(f);
        return sum.add(g).add(h).add(i).add(j).add(k).add(l).lane(0);
    }
}
