package dev.chainrule.engine.training;

import dev.chainrule.api.error.RunException;
import dev.chainrule.api.training.Hook;
import dev.chainrule.engine.record.Blame;
import dev.chainrule.engine.record.RunExit;
import dev.chainrule.engine.record.RunJson;
import dev.chainrule.engine.record.RunResult;
import dev.chainrule.engine.training.step.Divergence;
import dev.chainrule.engine.training.step.RunProgress;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The end of a run that failed. A further failure on the way to its record is added to the cause, and never replaces it. */
final class Failure {
    private static final System.Logger LOG = System.getLogger(Failure.class.getName());

    private final HookEvents events;
    private final FinalModel model;
    private final RunProgress progress;
    private final Divergence divergence;
    private final RunJson json;
    private final Shortage shortage;

    @Inject
    Failure(
            HookEvents events,
            FinalModel model,
            RunProgress progress,
            Divergence divergence,
            RunJson json,
            Shortage shortage) {
        this.events = events;
        this.model = model;
        this.progress = progress;
        this.divergence = divergence;
        this.json = json;
        this.shortage = shortage;
    }

    /** Return the failure of a lack of memory, in words. */
    RunException name(OutOfMemoryError e) {
        json.releaseReserve();
        return shortage.failure(e);
    }

    /** Log the failure, notify the hooks, save the state if it can be resumed, and write the record. */
    void record(Throwable cause) {
        json.releaseReserve();
        attempt(cause, () -> LOG.log(System.Logger.Level.INFO, "failed after step " + progress.step(), cause));
        attempt(
                cause,
                () -> events.fail(
                        model.isReplaced(Hook.Ending.FAILED),
                        () -> progress.step() > 0 && divergence.isNone(),
                        cause::addSuppressed));
        attempt(cause, () -> {
            Blame blame = json.blame(cause);
            FinalModel.Figures figures = model.figures();
            json.end(
                    Hook.Ending.FAILED,
                    RunExit.of(cause),
                    new RunResult(
                            blame.reason(),
                            progress.step(),
                            figures.epoch(),
                            figures.metrics(),
                            Map.of(),
                            List.of(),
                            Optional.of(blame)));
        });
    }

    private static void attempt(Throwable cause, Runnable action) {
        try {
            action.run();
        } catch (Throwable e) { // such as no memory for a checkpoint: the record is still written
            cause.addSuppressed(e);
        }
    }
}
