package dev.chainrule.app.run;

import dev.chainrule.api.training.Hook;
import dev.chainrule.app.launch.EndingSignal;
import dev.chainrule.app.launch.SecondRequest;
import dev.chainrule.app.shell.Context;
import dev.chainrule.engine.record.Blame;
import dev.chainrule.engine.record.RunExit;
import dev.chainrule.engine.record.RunJson;
import dev.chainrule.engine.training.Interruption;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/*
 * How a training process ends:
 *
 *   a signal          The JVM answers it by running its shutdown hooks and exits with 130 or 143 when they return. The hook asks the
 *                     run to end after the current step and waits until all is on disk, but not longer than a minute.
 *   a second request  Nobody can stop a Java thread from outside. So the hook itself records that the run was interrupted and which
 *                     plugin was at work, and halts the JVM. SecondRequest distinguishes it from the first.
 *   System.exit       called by a plugin: its thread waits for the hooks for ever, so the run cannot continue. The hook of the
 *                     process (guardProcess) records the failure and halts with 1; 0 is given by Main alone.
 *   halt, kill -9     No code can run. The launcher does not trust a child's 0; the next command that meets the run records it.
 */

/** The guard of a run against signals and plugins, which can end it only in a recorded way. */
public final class Shutdown implements AutoCloseable {
    private static final long LONGEST_WAIT_MILLISECONDS = 60_000;
    private static final long POLL_MILLISECONDS = 50;
    /** The time for a last record; together with the polling it is less than the promised second. */
    private static final long LONGEST_RECORDING_MILLISECONDS = 600;

    private static final long LONGEST_HOOKS_MILLISECONDS = 2_000;

    private static volatile boolean processIsGuarded;
    private static volatile boolean leaving;
    private static volatile Optional<Shutdown> current = Optional.empty();

    private final CountDownLatch done = new CountDownLatch(1);
    private final Interruption interruption = new Interruption();
    private final Thread hook = new Thread(this::end, "chainrule-shutdown");
    private volatile Optional<RunJson> record = Optional.empty();

    private Shutdown() {}

    /** Begin to catch signals. */
    public static Shutdown guard() {
        Shutdown shutdown = new Shutdown();
        Runtime.getRuntime().addShutdownHook(shutdown.hook);
        current = Optional.of(shutdown);
        return shutdown;
    }

    /**
     * Let no code but {@link #leave} end this process quietly.
     *
     * @param context reports the plugin that tries
     */
    public static void guardProcess(Context context) {
        processIsGuarded = true;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> refuseExit(context), "chainrule-exit"));
    }

    /** End this process: the command has done its work. */
    public static void leave(int code) {
        leaving = true;
        haltLater(code);
        System.exit(code);
    }

    /** A plugin may have left a shutdown hook that never returns. */
    private static void haltLater(int code) {
        Thread thread = new Thread(
                () -> {
                    try {
                        Thread.sleep(LONGEST_HOOKS_MILLISECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(code);
                },
                "chainrule-halt");
        thread.setDaemon(true);
        thread.start();
    }

    /** Return the interruption that the run must check. */
    public Interruption interruption() {
        return interruption;
    }

    /** Set the run to be recorded if the process ends within it. */
    void records(RunJson running) {
        record = Optional.of(running);
    }

    /** Return whether the run is still in progress. */
    boolean isOpen() {
        return done.getCount() > 0;
    }

    private static void refuseExit(Context context) {
        if (leaving || EndingSignal.first().isPresent()) {
            return;
        }
        Optional<Blame> plugin = Culprit.exiting();
        Blame blame = plugin.orElseGet(() -> Blame.of(Blame.Who.PROGRAM, "something called System.exit"));
        context.fail(plugin.map(found -> found.subject() + " ended the process: " + found.reason())
                .orElse(blame.message()));
        current.ifPresent(run -> run.record(Hook.Ending.FAILED, RunExit.FAILED, blame));
        Runtime.getRuntime().halt(RunExit.FAILED);
    }

    private void end() {
        Optional<EndingSignal> signal = EndingSignal.first();
        if (signal.isEmpty() && processIsGuarded) {
            return; // System.exit, which the process's own hook handles
        }
        int number = signal.orElse(EndingSignal.TERM).number();
        SecondRequest second = SecondRequest.await();
        interruption.request(number);
        try {
            long waited = 0;
            while (!done.await(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                waited += POLL_MILLISECONDS;
                boolean asked = second.hasCome(waited);
                if (signal.isPresent() && (asked || waited >= LONGEST_WAIT_MILLISECONDS)) {
                    Blame blame = Culprit.busy("it was running when the run had to end immediately")
                            .orElseGet(() -> Blame.of(
                                    Blame.Who.USER,
                                    asked
                                            ? "interrupted twice; ended immediately"
                                            : "interrupted, but still running after a minute"));
                    record(Hook.Ending.INTERRUPTED, RunExit.ofSignal(number), blame);
                    if (processIsGuarded) {
                        Runtime.getRuntime().halt(RunExit.ofSignal(number));
                    }
                    return;
                }
                if (waited >= LONGEST_WAIT_MILLISECONDS) {
                    return;
                }
            }
            if (processIsGuarded) {
                haltLater(RunExit.ofSignal(number));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** On a separate thread: the blocked thread may be blocked in writing. */
    private void record(Hook.Ending ending, int exit, Blame blame) {
        Thread thread = new Thread(
                () -> record.ifPresent(running -> running.endAtOnce(ending, exit, blame)), "chainrule-last-words");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(LONGEST_RECORDING_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        current = Optional.empty();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is shutting down already, which is the purpose of the hook.
        }
    }
}
