package dev.chainrule.engine.evaluation;

import dev.chainrule.api.training.History;
import dev.chainrule.api.training.State;
import dev.chainrule.engine.files.Json;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The metrics that a run has recorded so far. */
public final class RecordedHistory implements History {
    private static final String ORDER = "metrics";

    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    /** Add the metrics of an epoch, or of the test data. */
    public void record(Map<String, Double> metrics) {
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

    /** Save all values, exactly. */
    public void save(State to) {
        to.put(ORDER, Json.line(List.copyOf(values.keySet())));
        values.forEach((name, recorded) -> {
            DoubleMatrix row = new DoubleMatrix(1, recorded.size());
            for (int i = 0; i < recorded.size(); i++) {
                row.set(0, i, recorded.get(i));
            }
            to.put(name, row);
        });
    }

    /** Restore the values that were saved. */
    public void restore(State from) {
        values.clear();
        for (Object name : (List<?>) JsonReader.read(from.text(ORDER))) {
            Matrix row = from.matrix((String) name);
            List<Double> recorded = new ArrayList<>();
            for (int i = 0; i < row.columns(); i++) {
                recorded.add(row.get(0, i));
            }
            values.put((String) name, recorded);
        }
    }
}
