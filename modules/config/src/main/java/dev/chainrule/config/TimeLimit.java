package dev.chainrule.config;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A limit on the time that a pipe or device may keep its reader waiting. */
public final class TimeLimit {
    /** Long enough for any command that begins to write into a pipe. */
    public static final int SECONDS = 30;

    private TimeLimit() {}

    /**
     * Read on another thread, since nothing interrupts the opening of a pipe that has no writer.
     *
     * @throws TimeoutException if it takes longer; the reading thread continues to wait, and does not keep the JVM from
     *     ending
     */
    public static <T> T within(long seconds, Callable<T> reading) throws IOException, TimeoutException {
        FutureTask<T> task = new FutureTask<>(reading);
        Thread reader = new Thread(task, "reader");
        reader.setDaemon(true);
        reader.start();
        try {
            return task.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
