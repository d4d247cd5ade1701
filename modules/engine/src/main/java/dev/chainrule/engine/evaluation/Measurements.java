package dev.chainrule.engine.evaluation;

import dev.chainrule.api.Metric;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.experiment.Measure;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The measurements of a run: its metrics on each of its datasets, by full name such as {@code validation.loss}. */
public final class Measurements {
    private final Datasets datasets;
    private final SortedMap<String, Metric> recorded;
    private final Evaluator evaluator;

    @Inject
    public Measurements(Datasets datasets, List<Measure> metrics, Evaluator evaluator) {
        this.datasets = datasets;
        this.evaluator = evaluator;
        this.recorded = new TreeMap<>();
        allButTest()
                .forEach(dataset -> metrics.forEach(
                        metric -> recorded.put(dataset.name() + "." + metric.label(), metric.metric())));
    }

    /** Return the number of training examples. */
    public int trainingExamples() {
        return datasets.train().size();
    }

    /** Return the metrics that are recorded after each epoch. */
    public SortedMap<String, Metric> recorded() {
        return Collections.unmodifiableSortedMap(recorded);
    }

    /** Measure the network on the validation data; return nothing if there are none. */
    public Map<String, Double> ofValidation() {
        return datasets.validation()
                .map(validation -> evaluator.evaluate(validation).metrics())
                .orElse(Map.of());
    }

    /** Measure the network on all data but the test data. */
    public Map<String, Double> ofAllButTest() {
        Map<String, Double> measured = new LinkedHashMap<>();
        allButTest()
                .forEach(dataset -> measured.putAll(evaluator.evaluate(dataset).metrics()));
        return measured;
    }

    /** Measure the network on the test data; return nothing if there are none. */
    public Optional<Evaluator.Result> ofTest() {
        return datasets.test().map(evaluator::evaluate);
    }

    private List<Dataset> allButTest() {
        return datasets.all().stream()
                .filter(dataset -> datasets.test().filter(dataset::equals).isEmpty())
                .toList();
    }
}
