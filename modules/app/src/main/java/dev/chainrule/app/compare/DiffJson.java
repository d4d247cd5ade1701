package dev.chainrule.app.compare;

import dev.chainrule.app.record.Difference;
import dev.chainrule.app.record.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The JSON of the differences of two runs, in the shape that docs/REPRODUCIBILITY.md describes. */
public final class DiffJson {
    private static final String A = "a";
    private static final String B = "b";

    private DiffJson() {}

    /** Return the keys and values. */
    public static Map<String, Object> of(DiffReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(A, of(report.a()));
        json.put(B, of(report.b()));
        json.put("config", of(report.config(), Settings::typed));
        json.put("data", of(report.data(), value -> value));
        json.put("start", of(report.start(), value -> value));
        json.put("plugins", of(report.plugins(), value -> value));
        json.put("program", of(report.program(), value -> value));
        json.put("machine", of(report.machine(), value -> value));
        json.putAll(ComparisonJson.of(report.comparison(), A, B));
        return json;
    }

    private static Map<String, Object> of(DiffReport.Side side) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run", side.run());
        json.put("name", side.name());
        json.put("state", side.state());
        json.put("started", side.started());
        json.put(
                "epoch",
                side.metrics().epoch().isPresent() ? side.metrics().epoch().getAsInt() : null);
        json.put("metrics", side.metrics().kept());
        return json;
    }

    private static List<Map<String, Object>> of(List<Difference> differences, Function<String, Object> typed) {
        return differences.stream()
                .map(difference -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("name", difference.name());
                    json.put(A, value(difference.one(), typed));
                    json.put(B, value(difference.other(), typed));
                    return json;
                })
                .toList();
    }

    private static Object value(Optional<String> value, Function<String, Object> typed) {
        return value.map(typed).orElse(null);
    }
}
