package dev.chainrule.engine;

import dev.chainrule.api.History;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Record metrics as a run goes on. */
final class RecordedHistory implements History {
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    void record(Map<String, Double> metrics) {
        metrics.forEach((name, value) ->
                values.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
    }

    @Override
    public Set<String> metrics() {
        return Collections.unmodifiableSet(values.keySet());
    }

    @Override
    public List<Double> values(String metric) {
        return Collections.unmodifiableList(values.getOrDefault(metric, List.of()));
    }
}
