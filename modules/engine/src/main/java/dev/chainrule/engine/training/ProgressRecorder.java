package dev.chainrule.engine.training;

import dev.chainrule.engine.evaluation.Measurements;
import dev.chainrule.engine.record.RunStreams;
import dev.chainrule.engine.training.step.Divergence;
import dev.chainrule.engine.training.step.EpochScores;
import dev.chainrule.engine.training.step.ParameterAverages;
import dev.chainrule.engine.training.step.Phase;
import dev.chainrule.engine.training.step.RunProgress;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;

/** The record of each step and epoch, in the history and in the run's files. */
final class ProgressRecorder {
    private final EpochScores scores;
    private final Measurements measurements;
    private final Divergence divergence;
    private final ParameterAverages averages;
    private final RunProgress progress;
    private final RunStreams streams;
    /** The time at which the epoch, or the rest of it, began, in nanoseconds. */
    private long began;

    @Inject
    ProgressRecorder(
            EpochScores scores,
            Measurements measurements,
            Divergence divergence,
            ParameterAverages averages,
            RunProgress progress,
            RunStreams streams) {
        this.scores = scores;
        this.measurements = measurements;
        this.divergence = divergence;
        this.averages = averages;
        this.progress = progress;
        this.streams = streams;
    }

    /** Begin an epoch, or the rest of one; return whether it is a new one. */
    boolean beginEpoch() {
        began = System.nanoTime();
        if (progress.isEpochBegun()) {
            return false;
        }
        scores.begin();
        progress.beginEpoch();
        return true;
    }

    void recordStep() {
        progress.enter(Phase.RECORDING);
        streams.step(progress.last().loss(), progress.last().gradientNorm());
        progress.enter(Phase.BETWEEN_STEPS);
    }

    /** Evaluate the validation data, and record the end of an epoch. */
    void recordEpoch() {
        int epoch = progress.recordedEpochs();
        divergence.check(epoch, progress.step());
        Map<String, Double> metrics = new LinkedHashMap<>(scores.values());
        metrics.putAll(ofValidation());
        progress.enter(Phase.RECORDING);
        progress.record(metrics);
        streams.epoch(epoch, progress.step(), metrics, averages.hashed(), System.nanoTime() - began);
        progress.endEpoch();
        progress.enter(Phase.BETWEEN_STEPS);
    }

    /** Measure the model of the epoch: the network, with averages instead of its parameters if there are some. */
    private Map<String, Double> ofValidation() {
        averages.exchange();
        try {
            return measurements.ofValidation();
        } finally {
            averages.exchange();
        }
    }
}
