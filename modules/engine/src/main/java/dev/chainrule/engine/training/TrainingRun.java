package dev.chainrule.engine.training;

import dev.chainrule.api.error.CheckException;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.engine.evaluation.Baseline;
import dev.chainrule.engine.evaluation.Calibrator;
import dev.chainrule.engine.evaluation.Evaluator;
import dev.chainrule.engine.evaluation.Measurements;
import dev.chainrule.engine.record.CheckpointSaver;
import dev.chainrule.engine.record.ResumePlan;
import dev.chainrule.engine.record.ResumePoint;
import dev.chainrule.engine.record.RunJson;
import dev.chainrule.engine.record.RunStreams;
import dev.chainrule.engine.training.step.Divergence;
import dev.chainrule.engine.training.step.EpochScores;
import dev.chainrule.engine.training.step.ParameterAverages;
import dev.chainrule.engine.training.step.ParameterUpdate;
import dev.chainrule.engine.training.step.RunProgress;
import dev.chainrule.engine.training.step.TrainingBatches;
import dev.chainrule.engine.training.step.TrainingStep;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** A training run in its own directory, from its first step, or a checkpoint, to its recorded end. */
public final class TrainingRun {
    /**
     * The classes that a run is constructed from through their constructors marked {@link Inject}, one object of each. Their
     * constructors take each other, the parts of an {@link dev.chainrule.engine.assembly.Assembly}, the optimizer and its
     * schedule, and directory, clock, filter, judge, console, interruption and {@link RunPlan} of the run.
     */
    public static final List<Class<?>> PARTS = List.of(
            Baseline.class,
            Calibrator.class,
            CheckpointSaver.class,
            Divergence.class,
            EpochScores.class,
            Evaluator.class,
            Failure.class,
            FinalEvaluation.class,
            FinalModel.class,
            Finish.class,
            GradientChecks.class,
            HookEvents.class,
            HookOutput.class,
            Hooks.class,
            LearnedTensors.class,
            Measurements.class,
            NetworkView.class,
            ParameterAverages.class,
            ParameterUpdate.class,
            ProgressRecorder.class,
            Resume.class,
            RunJson.class,
            RunProgress.class,
            RunStart.class,
            RunState.class,
            RunStreams.class,
            RunView.class,
            Shortage.class,
            Trainer.class,
            TrainingBatches.class,
            TrainingRun.class,
            TrainingStep.class);

    private final RunStart start;
    private final Resume resume;
    private final Trainer trainer;
    private final Finish finish;
    private final Failure failure;

    @Inject
    TrainingRun(RunStart start, Resume resume, Trainer trainer, Finish finish, Failure failure) {
        this.start = start;
        this.resume = resume;
        this.trainer = trainer;
        this.finish = finish;
        this.failure = failure;
    }

    /**
     * Prepare to resume a run in its own directory. If it cannot be resumed, no file is changed.
     *
     * @param setting config and program from now on
     * @return the number of checkpoints that were put aside
     * @throws InputException if a hook or the checkpoint does not fit, or the data are broken
     * @throws RunException if a file cannot be changed
     */
    public int resume(ResumePlan plan, ResumePlan.Setting setting) {
        return resume.prepare(plan, setting);
    }

    /**
     * Prepare to repeat a run in another directory, which has a record of its own and the files that the checkpoint relies on.
     *
     * @param from a checkpoint of the run to repeat; empty for its first step
     * @throws InputException if a hook or the checkpoint does not fit, or the data are broken
     */
    public void repeat(Optional<ResumePoint> from) {
        start.repeat(from);
    }

    /**
     * Train to the end: from the first step, unless the run is resumed or repeated from another.
     *
     * @throws InputException if a hook does not fit or the data are broken
     * @throws RunException if the run diverges, a file cannot be written or a hook fails
     * @throws CheckException if a hook's check fails
     */
    public RunOutcome run() {
        try {
            start.begin();
            return finish.after(trainer.train());
        } catch (OutOfMemoryError e) {
            RunException named = failure.name(e);
            failure.record(named);
            throw named;
        } catch (Throwable e) { // the record states how the run ended, whatever a plugin throws
            failure.record(e);
            throw e;
        }
    }
}
