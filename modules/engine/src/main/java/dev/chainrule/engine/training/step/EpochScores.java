package dev.chainrule.engine.training.step;

import dev.chainrule.api.training.State;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.evaluation.Scores;
import dev.chainrule.engine.experiment.Measure;
import dev.chainrule.engine.objective.Objective;
import dev.chainrule.engine.record.Checkpoint;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The metrics of the training batches of one epoch, each measured before its own update. */
public final class EpochScores {
    private final List<Measure> metrics;
    private final Pipeline pipeline;
    private Scores scores;

    @Inject
    public EpochScores(List<Measure> metrics, Pipeline pipeline) {
        this.metrics = metrics;
        this.pipeline = pipeline;
    }

    /** Begin an epoch. */
    public void begin() {
        scores = new Scores("train", metrics, pipeline);
    }

    /** Add the batch that the pipeline read last. */
    void add(Objective objective) {
        scores.add(objective);
    }

    public Map<String, Double> values() {
        return scores.values();
    }

    public void save(SortedMap<String, State> sections) {
        scores.save(sections);
    }

    /** Resume the epoch in which a checkpoint was taken. */
    public void restore(Checkpoint from) {
        begin();
        scores.restore(from);
    }
}
