package dev.chainrule.engine.training;

import dev.chainrule.api.training.Hook;
import dev.chainrule.engine.training.step.RunProgress;
import dev.chainrule.engine.training.step.TrainingStep;
import jakarta.inject.Inject;

/** The loop that {@link Hook} shows, from the start of the run to its last epoch. */
final class Trainer {
    private final TrainingStep step;
    private final ProgressRecorder recorder;
    private final HookEvents events;
    private final RunProgress progress;
    private final Interruption interruption;
    private final RunPlan plan;

    @Inject
    Trainer(
            TrainingStep step,
            ProgressRecorder recorder,
            HookEvents events,
            RunProgress progress,
            Interruption interruption,
            RunPlan plan) {
        this.step = step;
        this.recorder = recorder;
        this.events = events;
        this.progress = progress;
        this.interruption = interruption;
        this.plan = plan;
    }

    /** Train all epochs that are left, unless something ends the run before. */
    Hook.Ending train() {
        events.start();
        while (progress.recordedEpochs() < progress.epochs()) {
            if (isStopped() && !progress.isEpochBegun() && progress.recordedEpochs() > 0) {
                return Hook.Ending.STOPPED; // a run that was to end here is resumed
            }
            if (!trainEpoch()) {
                return Hook.Ending.INTERRUPTED;
            }
            if (isStopped()) {
                return Hook.Ending.STOPPED;
            }
            if (interruption.requested()) {
                return Hook.Ending.INTERRUPTED;
            }
        }
        return isStopped() ? Hook.Ending.STOPPED : Hook.Ending.COMPLETED;
    }

    /** Train an epoch, or the rest of one; return false if it was interrupted. */
    private boolean trainEpoch() {
        if (recorder.beginEpoch()) {
            events.tell(Hooks.Event.EPOCH_START);
        }
        while (progress.batch() < progress.stepsPerEpoch()) {
            step.take();
            recorder.recordStep();
            events.tell(Hooks.Event.STEP_END);
            if (interruption.requested()) {
                return false;
            }
            if (progress.step() >= plan.stepLimit()) {
                progress.stop("step limit");
                break;
            }
        }
        recorder.recordEpoch();
        events.tell(Hooks.Event.EPOCH_END);
        return true;
    }

    private boolean isStopped() {
        return progress.stopReason().isPresent();
    }
}
