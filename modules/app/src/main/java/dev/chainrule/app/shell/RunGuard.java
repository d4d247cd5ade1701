package dev.chainrule.app.shell;

import dev.chainrule.api.training.Hook;
import dev.chainrule.app.launch.EndingSignal;
import dev.chainrule.app.launch.SecondRequest;
import dev.chainrule.engine.record.Blame;
import dev.chainrule.engine.record.RunExit;
import dev.chainrule.engine.record.RunJson;
import dev.chainrule.engine.training.Interruption;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The guard of one run against signals, until it is closed; {@link Shutdown} has the whole of it. */
public final class RunGuard implements AutoCloseable {
    private static final long LONGEST_WAIT_MILLISECONDS = 60_000;
    private static final long POLL_MILLISECONDS = 50;
    /** The time after which a person wonders whether the signal was heard. */
    private static final long NOTICE_MILLISECONDS = 1_000;

    /** The time for a last record; together with the polling it is less than the promised second. */
    private static final long LONGEST_RECORDING_MILLISECONDS = 600;

    private static final String NOTICE =
            "interrupted: the run ends when this step is done and saved; a second signal ends it immediately";

    private final Shutdown process;
    private final Culprit culprit;
    private final Consumer<String> report;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Interruption interruption = new Interruption();
    private final Thread hook = new Thread(this::end, "chainrule-shutdown");
    private volatile Optional<RunJson> record = Optional.empty();

    RunGuard(Shutdown process, Culprit culprit, Consumer<String> report) {
        this.process = process;
        this.culprit = culprit;
        this.report = report;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Return the interruption that the run must check. */
    public Interruption interruption() {
        return interruption;
    }

    /** Set the run to be recorded if the process ends within it. */
    public void records(RunJson running) {
        record = Optional.of(running);
    }

    /** Return whether the run is still in progress. */
    public boolean isOpen() {
        return done.getCount() > 0;
    }

    /** Record that the run failed because the process is ending. */
    void recordFailure(Blame blame) {
        record(Hook.Ending.FAILED, RunExit.FAILED, blame);
    }

    private void end() {
        Optional<EndingSignal> signal = EndingSignal.first();
        if (signal.isEmpty() && process.isProcessGuarded()) {
            return; // System.exit, which the process's own hook handles
        }
        int number = signal.orElse(EndingSignal.TERM).number();
        SecondRequest second = SecondRequest.await();
        interruption.request(number);
        try {
            boolean noticed = false;
            while (!done.await(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                boolean asked = second.hasCome();
                boolean late = second.waited() >= LONGEST_WAIT_MILLISECONDS;
                if (signal.isPresent() && (asked || late)) {
                    Blame blame = culprit.busy("it was running when the run had to end immediately")
                            .orElseGet(() -> Blame.of(
                                    Blame.Who.USER,
                                    asked
                                            ? "interrupted twice; ended immediately"
                                            : "interrupted, but still running after a minute"));
                    record(Hook.Ending.INTERRUPTED, RunExit.ofSignal(number), blame);
                    process.halt(RunExit.ofSignal(number));
                    return;
                }
                if (late) {
                    return;
                }
                if (!noticed && second.waited() >= NOTICE_MILLISECONDS) {
                    noticed = true;
                    start("chainrule-notice", () -> report.accept(NOTICE));
                }
            }
            process.haltLater(RunExit.ofSignal(number));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void record(Hook.Ending ending, int exit, Blame blame) {
        Thread thread = start(
                "chainrule-last-words", () -> record.ifPresent(running -> running.endAtOnce(ending, exit, blame)));
        try {
            thread.join(LONGEST_RECORDING_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Start a separate thread to write: the run's own may be blocked in writing. */
    private static Thread start(String name, Runnable writing) {
        Thread thread = new Thread(writing, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() {
        done.countDown();
        process.releaseRun();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is shutting down already, which is the purpose of the hook.
        }
    }
}
