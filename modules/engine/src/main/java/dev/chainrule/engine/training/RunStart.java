package dev.chainrule.engine.training;

import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.record.ResumePoint;
import dev.chainrule.engine.record.RunStreams;
import dev.chainrule.engine.training.step.TrainingBatches;
import jakarta.inject.Inject;
import java.util.Optional;

/** The start of a run: everything before its first step, or before the one after a checkpoint. */
final class RunStart {
    private static final System.Logger LOG = System.getLogger(RunStart.class.getName());

    private final Datasets datasets;
    private final TrainingBatches batches;
    private final Hooks hooks;
    private final RunView view;
    private final RunState state;
    private final RunStreams streams;
    private Optional<ResumePoint> origin = Optional.empty();

    @Inject
    RunStart(
            Datasets datasets, TrainingBatches batches, Hooks hooks, RunView view, RunState state, RunStreams streams) {
        this.datasets = datasets;
        this.batches = batches;
        this.hooks = hooks;
        this.view = view;
        this.state = state;
        this.streams = streams;
    }

    /**
     * Load the examples, create the hooks and restore a checkpoint. No file is changed.
     *
     * @throws InputException if a hook or the checkpoint does not fit, or the data are broken
     */
    void prepare(Optional<ResumePoint> from) {
        datasets.load();
        hooks.create(view);
        origin = from;
        state.begin(from);
    }

    /** Prepare to repeat a recorded run. */
    void repeat(Optional<ResumePoint> from) {
        view.repeat();
        prepare(from);
    }

    /** Truncate everything recorded after the place at which the run begins, and prepare the run if that was not done. */
    void begin() {
        LOG.log(System.Logger.Level.INFO, () -> view.name() + ": " + batches);
        if (!state.isBegun()) {
            prepare(Optional.empty());
        }
        origin.ifPresentOrElse(this::truncate, streams::truncate);
    }

    private void truncate(ResumePoint from) {
        streams.truncateTo(from.checkpoint());
        LOG.log(
                System.Logger.Level.INFO,
                () -> "resuming from " + from.file() + ": " + from.checkpoint().place());
    }
}
