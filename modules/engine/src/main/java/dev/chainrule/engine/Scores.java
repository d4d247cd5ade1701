package dev.chainrule.engine;

import dev.chainrule.api.Metric;
import dev.chainrule.math.Matrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collect the metrics of one pass over a dataset. */
final class Scores {
    private final List<String> names;
    private final List<Metric.Accumulator> accumulators;

    /**
     * Begin collecting.
     *
     * @param prefix train, validation or test
     */
    Scores(String prefix, List<Metric> metrics) {
        names = metrics.stream()
                .map(metric -> prefix + "." + Network.kind(metric))
                .toList();
        accumulators = metrics.stream().map(Metric::start).toList();
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
}
