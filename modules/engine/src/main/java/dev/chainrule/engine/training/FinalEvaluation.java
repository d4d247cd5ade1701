package dev.chainrule.engine.training;

import dev.chainrule.engine.evaluation.Baseline;
import dev.chainrule.engine.evaluation.Calibrator;
import dev.chainrule.engine.evaluation.Measurements;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.record.RunStreams;
import dev.chainrule.engine.training.step.RunProgress;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The evaluation of the model that a run keeps: on the test data, against the baseline, and by the config's expectations. */
final class FinalEvaluation {
    private final Calibrator calibrator;
    private final Measurements measurements;
    private final Baseline baseline;
    private final Experiment experiment;
    private final RunProgress progress;
    private final RunStreams streams;

    @Inject
    FinalEvaluation(
            Calibrator calibrator,
            Measurements measurements,
            Baseline baseline,
            Experiment experiment,
            RunProgress progress,
            RunStreams streams) {
        this.calibrator = calibrator;
        this.measurements = measurements;
        this.baseline = baseline;
        this.experiment = experiment;
        this.progress = progress;
        this.streams = streams;
    }

    /**
     * The findings of an evaluation.
     *
     * @param baseline metrics of the best answer that is the same for every example
     * @param confusion of the test examples, by true and predicted class, by the outputs whose targets are classes
     * @param misses expectations that were not met, in words
     */
    record Findings(Map<String, Double> baseline, SortedMap<Integer, int[][]> confusion, List<String> misses) {
        static final Findings NONE = new Findings(Map.of(), Collections.emptySortedMap(), List.of());
    }

    /**
     * Fit the values that the config asks for to the validation examples, and measure these again.
     *
     * @param model its figures; validation metrics are replaced
     */
    void calibrate(FinalModel.Figures model) {
        if (calibrator.isWanted()) {
            calibrator.fit();
            model.metrics().putAll(measurements.ofValidation());
        }
    }

    /**
     * Evaluate the model that is in the network.
     *
     * @param model its figures; test metrics are added
     */
    Findings of(FinalModel.Figures model) {
        SortedMap<Integer, int[][]> confusion = measurements
                .ofTest()
                .map(test -> {
                    progress.record(test.metrics());
                    streams.metrics(progress.epoch(), progress.step(), test.metrics());
                    model.metrics().putAll(test.metrics());
                    return test.confusion();
                })
                .orElse(Collections.emptySortedMap());
        List<String> misses = misses(model.metrics());
        return new Findings(baseline.measure(), confusion, misses);
    }

    private List<String> misses(Map<String, Double> metrics) {
        List<String> misses = new ArrayList<>();
        experiment.expect().forEach((metric, expectation) -> {
            if (metrics.containsKey(metric)) {
                expectation
                        .miss(metrics.get(metric), progress.history().values(metric))
                        .ifPresent(miss -> misses.add(metric + ": " + miss));
            } else {
                misses.add(metric + ": was not measured");
            }
        });
        return misses;
    }
}
