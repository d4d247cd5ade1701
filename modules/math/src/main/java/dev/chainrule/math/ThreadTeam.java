package dev.chainrule.math;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed set of threads that run the parts of a kernel.
 *
 * <p>Each part computes different outputs; the thread that computes it does not affect the bits. The calling thread takes
 * part, so a team of one starts no threads. One team serves one caller at a time.
 *
 * <p>There are as many parts as threads, and an idle thread takes the next one: if the machine is busy and a thread comes
 * late, the caller computes that part too instead of waiting. Between two tasks the threads spin for a moment, since the
 * kernels of a training step follow each other within microseconds; then they offer the processor to other programs for half a
 * millisecond, since waking a parked thread takes tens of microseconds, in a virtual machine whose processor has stopped more
 * than a hundred; then they park. Running a task allocates nothing.
 */
public final class ThreadTeam implements AutoCloseable {
    /** About 20 µs to 50 µs: longer than the gap between two kernels of a step, too short to be noticed. */
    private static final int SPINS = 1_000;
    /** About 500 µs: longer than what one thread computes alone between two steps. */
    private static final int YIELDS = 1_000;

    private final int threads;
    private final Thread[] helpers;
    private final Throwable[] failures;
    private final AtomicBoolean busy = new AtomicBoolean();
    /** The next part to take; no part is left if it is the number of threads or more. */
    private final AtomicInteger next;

    private final AtomicInteger unfinished = new AtomicInteger();
    private Task task; // written before next is set to 0, read after a part was taken
    private Thread caller;
    private volatile boolean closed;

    /**
     * Create a team.
     *
     * @param threads at least 1, the caller included
     */
    public ThreadTeam(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ", at least 1 is required");
        }
        this.threads = threads;
        this.next = new AtomicInteger(threads);
        this.helpers = new Thread[threads - 1];
        this.failures = new Throwable[threads];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Thread(this::help, "chainrule-kernel-" + (i + 1));
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
    }

    /** A task that computes part {@code part} of {@code parts}. */
    @FunctionalInterface
    public interface Task {
        /**
         * Compute one part.
         *
         * @param part from 0
         * @param parts the number of parts
         */
        void run(int part, int parts);
    }

    /** {@return the number of threads, the caller included} */
    public int threads() {
        return threads;
    }

    /**
     * Run all parts of a task, one per thread, and return when all are done.
     *
     * <p>An exception of a part is thrown here when all parts have ended: that of the lowest part, with the others as
     * suppressed exceptions.
     *
     * @param task computes different outputs in each part
     * @throws IllegalStateException if the team is closed, or at work for another caller
     */
    public void run(Task task) {
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException("the thread team is at work already: it serves one caller at a time");
        }
        try {
            if (closed) {
                throw new IllegalStateException("the thread team is closed");
            }
            this.task = task;
            this.caller = Thread.currentThread();
            unfinished.set(threads);
            next.set(0);
            for (Thread helper : helpers) {
                LockSupport.unpark(helper);
            }
            takeParts();
            await();
            this.task = null;
            this.caller = null;
            rethrow();
        } finally {
            busy.set(false);
        }
    }

    /** End the threads. A closed team cannot run a task; closing it again does nothing. */
    @Override
    public void close() {
        closed = true;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }

    private void takeParts() {
        for (int part = next.getAndIncrement(); part < threads; part = next.getAndIncrement()) {
            Thread waiting = caller;
            try {
                task.run(part, threads);
            } catch (Throwable failure) { // rethrown to the caller
                failures[part] = failure;
            }
            if (unfinished.decrementAndGet() == 0) {
                LockSupport.unpark(waiting);
            }
        }
    }

    private void await() {
        for (int waits = 0; unfinished.get() > 0; waits++) {
            pause(waits);
        }
    }

    /** Wait a moment, the longer the more often the thread has waited before. */
    @SuppressWarnings("ThreadPriorityCheck") // yielding is an offer: correctness does not depend on it
    private void pause(int waits) {
        if (waits < SPINS) {
            Thread.onSpinWait();
        } else if (waits - SPINS < YIELDS) {
            Thread.yield();
        } else {
            LockSupport.park(this);
        }
    }

    private void help() {
        while (!closed) {
            for (int waits = 0; next.get() >= threads && !closed; waits++) {
                pause(waits);
            }
            takeParts();
        }
    }

    private void rethrow() {
        Throwable first = null;
        for (int part = 0; part < threads; part++) {
            Throwable failure = failures[part];
            failures[part] = null;
            if (first == null) {
                first = failure;
            } else if (failure != null && failure != first) {
                first.addSuppressed(failure);
            }
        }
        if (first instanceof Error error) {
            throw error;
        }
        if (first instanceof RuntimeException exception) {
            throw exception;
        }
        if (first != null) {
            throw new IllegalStateException("a part of a task failed", first);
        }
    }
}
