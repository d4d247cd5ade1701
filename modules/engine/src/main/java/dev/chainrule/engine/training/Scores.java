package dev.chainrule.engine.training;

import dev.chainrule.api.Metric;
import dev.chainrule.api.State;
import dev.chainrule.api.Target;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.experiment.NamedMetric;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.math.Matrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collect the metrics of one pass over a dataset. */
final class Scores {
    private final List<String> names;
    private final List<Metric.Accumulator> accumulators;

    /**
     * Begin collecting.
     *
     * @param prefix train, validation or test
     * @param target of the examples
     */
    Scores(String prefix, List<NamedMetric> metrics, Target target) {
        names = metrics.stream().map(metric -> prefix + "." + metric.label()).toList();
        accumulators =
                metrics.stream().map(metric -> metric.metric().start(target)).toList();
    }

    void add(Matrix a, Matrix y, Matrix costs) {
        for (int i = 0; i < accumulators.size(); i++) { // without an iterator: a step allocates nothing
            accumulators.get(i).add(a, y, costs);
        }
    }

    Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), accumulators.get(i).value());
        }
        return values;
    }

    void save(SortedMap<String, State> sections) {
        for (int i = 0; i < accumulators.size(); i++) {
            State state = new State();
            accumulators.get(i).save(state);
            sections.put(Checkpoint.METRIC + i + "." + names.get(i), state);
        }
    }

    void restore(Checkpoint from) {
        for (int i = 0; i < accumulators.size(); i++) {
            accumulators.get(i).restore(from.section(Checkpoint.METRIC + i + "." + names.get(i)));
        }
    }

    /** Return what is recorded after each epoch, by full name. */
    static SortedMap<String, Metric> recorded(Datasets datasets, List<NamedMetric> metrics) {
        SortedMap<String, Metric> recorded = new TreeMap<>();
        for (Dataset dataset : datasets.all()) {
            if (datasets.test().filter(dataset::equals).isEmpty()) {
                metrics.forEach(metric -> recorded.put(dataset.name() + "." + metric.label(), metric.metric()));
            }
        }
        return recorded;
    }
}
