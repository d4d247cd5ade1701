package dev.chainrule.app.run;

import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.Culprit;
import dev.chainrule.app.shell.RunGuard;
import dev.chainrule.engine.record.Blame;
import dev.chainrule.engine.record.RunStreams;
import java.time.Duration;
import java.util.Optional;

/**
 * The watch over a run's progress, which reports the plugin whose code blocks it for a while: the plugin may loop or wait for ever,
 * and no Java thread can be stopped from outside.
 */
final class Watchdog {
    /** The system property with the seconds without a step after which a plugin is reported. */
    static final String SECONDS = "chainrule.watchdog";

    private static final int DEFAULT_SECONDS = 30;
    private static final long POLL_MILLISECONDS = 500;

    private final RunGuard guard;
    private final RunStreams streams;
    private final Context context;
    private final Culprit culprit;
    private final Duration patience = Duration.ofSeconds(Integer.getInteger(SECONDS, DEFAULT_SECONDS));

    Watchdog(RunGuard guard, RunStreams streams, Context context) {
        this.guard = guard;
        this.streams = streams;
        this.context = context;
        this.culprit = new Culprit(context.components());
    }

    /** Begin to watch, until the guard is closed. */
    void start() {
        Thread thread = new Thread(this::watch, "chainrule-watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        long seen = -1;
        long still = 0;
        String named = "";
        try {
            while (guard.isOpen()) {
                Thread.sleep(POLL_MILLISECONDS);
                long progress = streams.progress();
                still = progress == seen ? still + POLL_MILLISECONDS : 0;
                seen = progress;
                if (still >= patience.toMillis()) {
                    Optional<Blame> busy = culprit.busy("no step for " + patience.toSeconds() + " s");
                    if (busy.isPresent() && !busy.get().place().equals(named)) {
                        named = busy.get().place();
                        context.warn(busy.get().subject() + " is busy: "
                                + busy.get().reason() + ". Java cannot stop it; a second Ctrl-C ends the run "
                                + "immediately.");
                    }
                }
            }
        } catch (InterruptedException | OutOfMemoryError e) {
            // The watchdog is a convenience: the run continues without it.
        }
    }
}
