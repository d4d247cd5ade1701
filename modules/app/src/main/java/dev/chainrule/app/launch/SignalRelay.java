package dev.chainrule.app.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The relay of a signal that ends this process to its child, which ends first.
 *
 * <p>The JVM answers SIGINT, SIGTERM and SIGHUP by running its shutdown hooks and exits with 128 plus the signal's number when they
 * return. This hook asks the child to end and waits until it has saved the learned parameters. It reports a {@link SecondRequest}
 * to the child, after which the child ends at once; a child that does not obey is killed.
 */
final class SignalRelay {
    private static final long POLL_MILLISECONDS = 50;
    private static final long MOST_AFTER_SECOND_MILLISECONDS = 700;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::relay, "chainrule-relay");
    private final Path secondRequest;
    private Process process;
    private boolean ending;

    private SignalRelay(Path secondRequest) {
        this.secondRequest = secondRequest;
    }

    /**
     * Begin to catch signals.
     *
     * @param secondRequest the file that reports a second request to the child
     */
    static SignalRelay install(Path secondRequest) {
        SignalRelay relay = new SignalRelay(secondRequest);
        Runtime.getRuntime().addShutdownHook(relay.hook);
        return relay;
    }

    /** Start a child, unless this process is ending already. */
    synchronized Process start(ProcessBuilder builder) throws IOException {
        if (ending) {
            awaitEnd();
        }
        process = builder.start();
        return process;
    }

    /** Stop catching signals: the child has ended and all its output was passed on. */
    void remove() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            awaitEnd();
        }
    }

    /** Wait for ever, in a JVM that is ending with a signal's exit code. */
    private static void awaitEnd() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The same signal, so that the child ends with its exit code, which the record of its run contains. */
    private static void send(EndingSignal signal, Process child) {
        try {
            if (signal != EndingSignal.TERM) {
                new ProcessBuilder("kill", "-" + signal, Long.toString(child.pid())).start();
                return;
            }
        } catch (IOException e) {
            // There is no such program: any signal is better than none.
        }
        // Not the process itself, whose destroy() would close the streams that carry the child's last output.
        child.toHandle().destroy();
    }

    private void relay() {
        Process child;
        synchronized (this) {
            ending = true;
            child = process;
        }
        if (child == null) {
            return;
        }
        SecondRequest second = SecondRequest.await();
        send(EndingSignal.first().orElse(EndingSignal.TERM), child);
        try {
            while (!done.await(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                if (second.hasCome() && child.isAlive()) {
                    SecondRequest.tell(secondRequest);
                    if (!child.waitFor(MOST_AFTER_SECOND_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                        child.toHandle().destroyForcibly();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            SecondRequest.forget(secondRequest);
        }
    }
}
