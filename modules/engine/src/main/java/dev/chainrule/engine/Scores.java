package dev.chainrule.engine;

import dev.chainrule.api.InputException;
import dev.chainrule.api.Metric;
import dev.chainrule.api.Shape;
import dev.chainrule.api.Target;
import dev.chainrule.math.Matrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collect the metrics of one pass over a dataset. */
final class Scores {
    private final Map<String, Metric.Accumulator> accumulators = new LinkedHashMap<>();

    /**
     * Begin collecting.
     *
     * @param prefix train, validation or test
     */
    Scores(String prefix, List<Metric> metrics) {
        metrics.forEach(metric -> accumulators.put(prefix + "." + Network.kind(metric), metric.start()));
    }

    /** Check that the metrics of a config fit the network and its data. */
    static void check(List<Metric> metrics, Shape output, Target target) {
        for (int i = 0; i < metrics.size(); i++) {
            try {
                metrics.get(i).check(output, target);
            } catch (InputException e) {
                throw e.below("metrics[" + i + "]");
            }
        }
    }

    void add(Matrix a, Matrix y, Matrix costs) {
        accumulators.values().forEach(accumulator -> accumulator.add(a, y, costs));
    }

    Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        accumulators.forEach((name, accumulator) -> values.put(name, accumulator.value()));
        return values;
    }
}
