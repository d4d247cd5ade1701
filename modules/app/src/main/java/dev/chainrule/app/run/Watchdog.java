package dev.chainrule.app.run;

import dev.chainrule.app.shell.Context;
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

    private final Shutdown guard;
    private final RunStreams streams;
    private final Context context;
    private final Duration patience = Duration.ofSeconds(Integer.getInteger(SECONDS, DEFAULT_SECONDS));

    private Watchdog(Shutdown guard, RunStreams streams, Context context) {
        this.guard = guard;
        this.streams = streams;
        this.context = context;
    }

    /** Watch a run as long as its guard is open. */
    static void watch(Shutdown guard, RunStreams streams, Context context) {
        Thread thread = new Thread(new Watchdog(guard, streams, context)::watch, "chainrule-watchdog");
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
                    Optional<Blame> busy = Culprit.busy("no step for " + patience.toSeconds() + " s");
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
