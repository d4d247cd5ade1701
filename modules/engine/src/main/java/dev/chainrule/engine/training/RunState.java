package dev.chainrule.engine.training;

import dev.chainrule.api.training.State;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.engine.record.ResumePoint;
import dev.chainrule.engine.record.RunStreams;
import dev.chainrule.engine.training.step.EpochScores;
import dev.chainrule.engine.training.step.Phase;
import dev.chainrule.engine.training.step.RunProgress;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The state of a run between two steps, as checkpoints store it and a resumed run restores it: tensors and sections. */
final class RunState {
    private final LearnedTensors tensors;
    private final RunProgress progress;
    private final EpochScores scores;
    private final Hooks hooks;
    private final RunStreams streams;
    private final RunPlan plan;
    /** The state after the last step or epoch, once the run is ending. */
    private Optional<Checkpoint> kept = Optional.empty();

    @Inject
    RunState(
            LearnedTensors tensors,
            RunProgress progress,
            EpochScores scores,
            Hooks hooks,
            RunStreams streams,
            RunPlan plan) {
        this.tensors = tensors;
        this.progress = progress;
        this.scores = scores;
        this.hooks = hooks;
        this.streams = streams;
        this.plan = plan;
    }

    /** Begin with the first state, or with that of a checkpoint. */
    void begin(Optional<ResumePoint> from) {
        from.ifPresent(this::restore);
        progress.enter(Phase.BETWEEN_STEPS);
    }

    boolean isBegun() {
        return progress.phase() != Phase.PREPARING;
    }

    /** Return whether all parts of the state are those of the same step. */
    boolean isWhole() {
        return progress.phase().allowsCheckpoint();
    }

    /** Keep the present state; with copies of the tensors if the network is to contain another model. */
    void keep(boolean copied) {
        Checkpoint state = capture();
        if (copied) {
            tensors.ofNetwork().forEach((name, tensor) -> state.tensors().put(name, tensor.copy()));
        }
        kept = Optional.of(state);
        progress.enter(Phase.ENDING);
    }

    boolean isKept() {
        return kept.isPresent();
    }

    /** Return the kept state, or the present one. The matrices of the present one are those that training changes. */
    Checkpoint capture() {
        if (kept.isPresent()) {
            return kept.get();
        }
        if (!isWhole()) {
            throw new IllegalStateException("no checkpoint may be taken while the run is " + progress.phase());
        }
        SortedMap<String, State> sections = new TreeMap<>();
        State position = new State();
        progress.save(position);
        hooks.saveEvent(position);
        sections.put(Checkpoint.POSITION, position);
        State history = new State();
        progress.saveMetrics(history);
        sections.put(Checkpoint.HISTORY, history);
        sections.put(Checkpoint.OPTIMIZER, tensors.ofOptimizer());
        if (tensors.areAveraged()) {
            sections.put(Checkpoint.AVERAGES, tensors.ofAverages());
        }
        if (progress.isEpochBegun()) {
            scores.save(sections);
        }
        hooks.save(sections);
        sections.put(Checkpoint.FILES, streams.state());
        sections.put(Checkpoint.IDENTITY, plan.identity());
        return new Checkpoint(tensors.ofRun(), tensors.encoding(), sections);
    }

    private void restore(ResumePoint origin) {
        Checkpoint from = origin.checkpoint();
        tensors.restore(origin);
        progress.restore(from.section(Checkpoint.POSITION));
        progress.restoreMetrics(from.section(Checkpoint.HISTORY));
        if (progress.isEpochBegun()) {
            scores.restore(from);
        }
        hooks.restore(from);
        streams.require(origin);
        if (origin.changed()) {
            progress.withdrawStop();
        }
    }
}
