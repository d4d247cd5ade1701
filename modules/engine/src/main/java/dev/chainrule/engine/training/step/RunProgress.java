package dev.chainrule.engine.training.step;

import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.training.State;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.evaluation.RecordedHistory;
import dev.chainrule.engine.experiment.Experiment;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;

/** A run's progress: its phase, the steps and epochs behind it, the figures of the last step, and the metrics so far. */
public final class RunProgress implements Progress {
    private final long stepsPerEpoch;
    private final int epochs;
    private final RecordedHistory history = new RecordedHistory();
    private final LastStep last = new LastStep();
    private Phase phase = Phase.PREPARING;
    private long step;
    private int recordedEpochs;
    private boolean epochBegun;
    private Optional<String> stop = Optional.empty();

    @Inject
    public RunProgress(Experiment experiment, Datasets datasets) {
        int batchSize = experiment.data().batchSize().examples();
        this.stepsPerEpoch =
                ((long) experiment.data().examplesPerEpoch(datasets.train().size()) + batchSize - 1) / batchSize;
        this.epochs = experiment.training().epochs();
    }

    @Override
    public long step() {
        return step;
    }

    @Override
    public long stepsPerEpoch() {
        return stepsPerEpoch;
    }

    @Override
    public int epochs() {
        return epochs;
    }

    @Override
    public History history() {
        return history;
    }

    public LastStep last() {
        return last;
    }

    public Phase phase() {
        return phase;
    }

    public void enter(Phase next) {
        phase = next;
    }

    /** Return the number of epochs with recorded metrics. */
    public int recordedEpochs() {
        return recordedEpochs;
    }

    /** Return the updates done in the epoch that is not recorded yet. */
    public long batch() {
        return step - recordedEpochs * stepsPerEpoch;
    }

    /** Return whether the epoch that is not recorded yet has begun. */
    public boolean isEpochBegun() {
        return epochBegun;
    }

    public void beginEpoch() {
        epochBegun = true;
    }

    void countStep() {
        step++;
    }

    /** Add the metrics of an epoch, or of the test data, to the history. */
    public void record(Map<String, Double> metrics) {
        history.record(metrics);
    }

    /** End the epoch whose metrics were recorded. */
    public void endEpoch() {
        recordedEpochs++;
        epochBegun = false;
    }

    /** End the run after this epoch. */
    public void stop(String reason) {
        stop = Optional.of(reason);
    }

    /** Let the run continue in spite of an earlier stop. */
    public void withdrawStop() {
        stop = Optional.empty();
    }

    /** Return why the run is to end after this epoch; empty if it is not. */
    public Optional<String> stopReason() {
        return stop;
    }

    /** Save all but the metrics. */
    public void save(State to) {
        to.put("step", step)
                .put("epochs", recordedEpochs)
                .put("batch", batch())
                .put("begun", String.valueOf(epochBegun));
        last.save(to);
        stop.ifPresent(reason -> to.put("stop", reason));
    }

    public void restore(State from) {
        step = from.whole("step");
        recordedEpochs = Math.toIntExact(from.whole("epochs"));
        epochBegun = Boolean.parseBoolean(from.text("begun"));
        last.restore(from);
        stop = from.has("stop") ? Optional.of(from.text("stop")) : Optional.empty();
    }

    public void saveMetrics(State to) {
        history.save(to);
    }

    public void restoreMetrics(State from) {
        history.restore(from);
    }
}
