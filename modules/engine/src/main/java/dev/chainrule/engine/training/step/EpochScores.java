package dev.chainrule.engine.training.step;

import dev.chainrule.api.training.State;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.evaluation.Scores;
import dev.chainrule.engine.experiment.NamedMetric;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.math.Matrix;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The metrics of the training batches of one epoch, each measured before its own update. */
public final class EpochScores {
    private final List<NamedMetric> metrics;
    private final Pipeline pipeline;
    private Scores scores;

    @Inject
    public EpochScores(List<NamedMetric> metrics, Pipeline pipeline) {
        this.metrics = metrics;
        this.pipeline = pipeline;
    }

    /** Begin an epoch. */
    public void begin() {
        scores = new Scores("train", metrics, pipeline);
    }

    /** Add the batch that the pipeline read last. */
    void add(Matrix a, Matrix costs) {
        scores.add(a, costs);
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
