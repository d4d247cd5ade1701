package dev.chainrule.app.shell;

import dev.chainrule.app.launch.EndingSignal;
import dev.chainrule.engine.record.Blame;
import dev.chainrule.engine.record.RunExit;
import java.util.Optional;
import java.util.function.Consumer;

/*
 * How a training process ends:
 *
 *   a signal          The JVM answers it by running its shutdown hooks and exits with 130 or 143 when they return. The hook of the
 *                     run (RunGuard) asks it to end after the current step and waits until all is on disk, but not longer than a
 *                     minute.
 *   a second request  Nobody can stop a Java thread from outside. So the run's hook itself records that the run was interrupted and
 *                     which plugin was at work, and halts the JVM. SecondRequest distinguishes it from the first.
 *   System.exit       called by a plugin: its thread waits for the hooks for ever, so the run cannot continue. The hook of the
 *                     process (guardProcess) records the failure and halts with 1; 0 is given by Main alone.
 *   halt, kill -9     No code can run. The launcher does not trust a child's 0; the next command that meets the run records it.
 */

/** The guard of a program against signals and plugins, which can end it only in a recorded way: one object for each program. */
public final class Shutdown {
    private static final long LONGEST_HOOKS_MILLISECONDS = 2_000;

    private final Culprit culprit;
    private volatile boolean processIsGuarded;
    private volatile boolean leaving;
    private volatile Optional<RunGuard> current = Optional.empty();

    Shutdown(Components components) {
        this.culprit = new Culprit(components);
    }

    /**
     * Let no code but {@link #leave} end this process quietly.
     *
     * @param report receives the plugin that tries
     */
    public void guardProcess(Consumer<String> report) {
        processIsGuarded = true;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> refuseExit(report), "chainrule-exit"));
    }

    /** End this process: the command has done its work. */
    public void leave(int code) {
        leaving = true;
        haltLater(code);
        System.exit(code);
    }

    /**
     * Begin to catch signals, for a run.
     *
     * @param report receives the answer to a signal that the run cannot obey within a second
     */
    public RunGuard guardRun(Consumer<String> report) {
        RunGuard run = new RunGuard(this, culprit, report);
        current = Optional.of(run);
        return run;
    }

    /** Forget the run, which has ended. */
    void releaseRun() {
        current = Optional.empty();
    }

    boolean isProcessGuarded() {
        return processIsGuarded;
    }

    /** Halt the process if it is guarded. */
    void halt(int code) {
        if (processIsGuarded) {
            Runtime.getRuntime().halt(code);
        }
    }

    /** Halt the process in a while if it is guarded: a plugin may have left a shutdown hook that never returns. */
    void haltLater(int code) {
        Thread thread = new Thread(
                () -> {
                    try {
                        Thread.sleep(LONGEST_HOOKS_MILLISECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    halt(code);
                },
                "chainrule-halt");
        thread.setDaemon(true);
        thread.start();
    }

    private void refuseExit(Consumer<String> report) {
        if (leaving || EndingSignal.first().isPresent()) {
            return;
        }
        Optional<Blame> plugin = culprit.exiting();
        Blame blame = plugin.orElseGet(() -> Blame.of(Blame.Who.PROGRAM, "something called System.exit"));
        report.accept(plugin.map(found -> found.subject() + " ended the process: " + found.reason())
                .orElse(blame.message()));
        current.ifPresent(run -> run.recordFailure(blame));
        Runtime.getRuntime().halt(RunExit.FAILED);
    }
}
