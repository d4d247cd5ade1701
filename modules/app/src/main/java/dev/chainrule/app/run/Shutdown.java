package dev.chainrule.app.run;

import dev.chainrule.app.launch.EndingSignal;
import dev.chainrule.engine.training.Interruption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Let Ctrl-C and SIGTERM end a run after the current step, with what was learned on disk.
 *
 * <p>The JVM answers both signals by running its shutdown hooks and exits with 130 or 143 when they return; so the hook asks the
 * run to end and waits until it has.
 */
public final class Shutdown implements AutoCloseable {
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Interruption interruption = new Interruption();
    private final Thread hook = new Thread(this::end, "chainrule-shutdown");

    private Shutdown() {}

    /** Begin to catch signals. */
    public static Shutdown guard() {
        Shutdown shutdown = new Shutdown();
        Runtime.getRuntime().addShutdownHook(shutdown.hook);
        return shutdown;
    }

    /** Return what the run has to look at. */
    public Interruption interruption() {
        return interruption;
    }

    private void end() {
        interruption.request(EndingSignal.present().number());
        try {
            done.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is shutting down already, which is what the hook was for.
        }
    }
}
